from tools.audit_methods import PAGE, faults, page_with


def test_the_list_of_faults_in_the_docs_is_what_the_audit_finds():
    written = PAGE.read_text(encoding="utf-8")
    assert written == page_with(written, faults()), "run: python -m tools.audit_methods"
