"""How a doubtful figure is read, and how one is written: with its sign and with its decimals."""

from decimal import Decimal

import pytest

from workbench.audit.book import likely_reading, write
from workbench.audit.cells import Cell
from workbench.datasets.file_audit import audit_bytes


def cell(printed):
    return Cell(
        table="1", row=2, label="A", column="x", printed=printed, state="unreadable", value=None, half=Decimal(0)
    )


@pytest.mark.parametrize(
    ("printed", "reads"),
    [("(2,603,.52)", "-2603.52"), ("-2,603,.52", "-2603.52"), ("2,603,.52", "2603.52"), ("− 44,,1", "-441")],
)
def test_a_doubtful_figure_keeps_its_sign(printed, reads):
    assert likely_reading(cell(printed)).middle == Decimal(reads)


@pytest.mark.parametrize(
    ("value", "printed", "written"),
    [("2.70025", "2.700250", "2.700250"), ("2.70025", "2.70025", "2.70025"), ("-2.5", "(2.5)", "-2.5"),
     ("1234", "1", "1,234"), ("0.123456", "1.2", "0.1235")],
)  # fmt: skip
def test_a_number_is_written_with_the_decimals_that_it_has(value, printed, written):
    assert write(Decimal(value), cell(printed)) == written


@pytest.mark.parametrize(
    ("heading", "says"),
    [("Deficit", "a surplus, not a deficit"), ("Surplus/(Deficit)", "of the other sign")],
)
def test_a_wrong_sign_is_named_by_the_column_too(heading, says):
    rows = '2009/10,"3,320","2,055","1,265"\n2010/11,"2,190","2,377",187\n2011/12,"2,600","2,500",100\n'
    found = audit_bytes(f"Year,Requirement,Allocation,{heading}\n{rows}".encode(), "x.csv")
    assert says in " ".join(found.errors["message"])
