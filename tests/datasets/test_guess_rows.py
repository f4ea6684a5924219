"""Which rows a guess takes for totals, for memos, for names: correct tables must not be called wrong."""

import pytest

from workbench.datasets.file_audit import audit_bytes

PROGRAMMES = (
    "Programme,2022/23,2023/24\n0101 Programme 1,700,800\nSP 1.1 A,400,500\nSP 1.2 B,300,300\n"
    "0102 Programme 2,500,600\nSP 2.1 C,200,250\nSP 2.2 D,300,340\nTotal Vote 1011,1200,1400\n"
)
ECONOMIC = (
    'Economic Classification,2022/23,2023/24\nCurrent Expenditure,"7,012","7,530"\n'
    'Compensation of Employees,"4,001","4,210"\nUse of Goods and Services,"3,011","3,320"\n'
    'Capital Expenditure,"3,205","3,308"\nAcquisition of Non-Financial Assets,"2,005","2,100"\n'
    'Other Development,"1,200","1,208"\nTotal Expenditure,"10,217","10,838"\n'
)
SMALL = (
    "Economic classification,Approved,Actual\nCurrent expenditure,700,650\nCompensation,400,390\nUse of goods,300,270\n"
    'Capital expenditure,350,300\nAssets,200,180\nOther development,150,120\nTotal expenditure,"1,050",950\n'
)


def audited(text):
    return audit_bytes(text.encode(), "x.csv")


def errors(found):
    return [(row.check, row.row, row.column, row.printed, row.computed) for row in found.errors.itertuples()]


def test_the_one_wrong_programme_over_its_sub_programmes_is_found_and_the_vote_foots():
    found = audited(PROGRAMMES)
    assert errors(found) == [("footing", 5, "2023/24", "600", 590.0)]
    assert found.counts["checked"] == 6


@pytest.mark.parametrize("text", [ECONOMIC, SMALL.replace("390", "380"), PROGRAMMES.replace("300,340", "300,350")])
def test_subtotals_above_their_items_are_no_errors(text):
    found = audited(text)
    assert found.findings.empty
    assert found.counts["checked"] == 6


def test_codes_tell_a_programme_of_which_no_figure_foots():
    found = audited(PROGRAMMES.replace("200,250", "205,250"))
    assert [(row, computed) for _, row, _, _, computed in errors(found)] == [(5, 505.0), (5, 590.0)]


def test_a_flat_table_that_foots_has_no_parents_though_one_row_is_the_sum_of_others():
    found = audited("Item,2023/24\nA,500\nB,200\nC,300\nD,100\nTotal,1100\n")
    assert found.findings.empty
    assert not any("stand above their rows" in note for note in found.notes)


@pytest.mark.parametrize("memo", ["of which: teachers", "o/w teachers", "Memo: teachers", "Of-which teachers"])
@pytest.mark.parametrize("teachers", ["3100", "3000"])
def test_a_part_shown_for_information_is_no_term(memo, teachers):
    found = audited(f"Item,2023/24\nWages,5000\n{memo},{teachers}\nGoods,2000\nTotal,7000\n")
    assert found.findings.empty
    assert found.counts["checked"] == 1
    assert any(memo in note for note in found.notes)


def test_a_sum_carried_over_a_page_is_no_term_and_an_opening_balance_is_one():
    assert audited("Item,Amount\nA,100\nB,200\nTotal c/f,300\nTotal b/f,300\nC,50\nGrand Total,350\n").findings.empty
    assert audited("Item,Amount\nBalance b/f,100\nReceipts,200\nTotal,300\n").findings.empty
    assert errors(audited("Item,Amount\nBalance b/f,100\nReceipts,200\nTotal,200\n"))


COUNTIES = "S/No,County,Share FY 2024/25\n1,Nairobi,1000\n2,Mombasa,2000\n3,Kisumu,3000\n4,Nakuru,3000\n5,Lamu,500\n"


@pytest.mark.parametrize("heading", ["S/No", "No"])
def test_a_serial_number_names_no_row_and_counties_keep_their_envelope(heading):
    found = audited(COUNTIES.replace("S/No", heading) + "Total,,9600\n")
    assert [(row.check, row.computed) for row in found.errors.itertuples()] == [("envelope", 9500.0)]
    assert "Rows are named by: County" in " ".join(found.notes)


@pytest.mark.parametrize("word", ["SUM", "Sum:", "Jumla", "Jumla Kuu", "Aggregate", "JUMLA"])
def test_other_words_for_a_total(word):
    assert errors(audited(f"Item,2023/24\nA,10\nB,20\n{word},40\n")) == [("footing", 4, "2023/24", "40", 30.0)]


def test_a_last_row_without_a_name_is_the_total_where_the_numbers_bear_it_out():
    found = audited("Item,2023/24,2024/25\nA,10,20\nB,20,30\n,30,70\n")
    assert errors(found) == [("footing", 4, "2024/25", "70", 50.0)]
    assert audited("Item,2023/24\nA,10\nB,20\n,90\n").counts["checked"] == 0
