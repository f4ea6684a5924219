import re

from workbench.datasets import open_package
from workbench.datasets.file_audit import audit_bytes
from workbench.views.audit_page import audit_page


def test_what_a_file_says_is_escaped_everywhere():
    hostile = '<img src=x onerror="alert(1)">'
    text = f'Item,2024/25\n"{hostile.replace(chr(34), chr(34) * 2)}",10\nWater,20\nTotal,99\n'
    page = audit_page(audit_bytes(text.encode(), "x.csv"), title=hostile)
    assert "<img" not in page
    assert "&lt;img" in page


def test_wrong_cells_are_marked_with_a_sign_a_reason_and_reach_of_the_keyboard():
    page = audit_page(open_package("opm-strategic-plan").audit(), title="Plan")
    cell = re.search(r'<td class="wrong">.*?2,255.*?</td>', page)
    assert cell is not None
    assert "✗" in cell[0]
    assert 'tabindex="0"' in cell[0]
    assert "with 2,155 the total" in cell[0]


def test_the_counts_are_those_of_the_audit():
    audit = open_package("counties").audit()
    page = audit_page(audit, title="Counties")
    shown = re.findall(r'<div class="count (\w+)"><dt>\w+</dt><dd>([\d,]+)</dd>', page)
    assert {name: int(number.replace(",", "")) for name, number in shown} == audit.counts
