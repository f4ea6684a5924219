"""Claims from CSV files as people write them."""

from __future__ import annotations

import pytest

from workbench.allocation.claims_file import read_claims
from workbench.errors import InputError


def _file(folder, text, **kwargs):
    path = folder / "claims.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_claims(path, **kwargs)


@pytest.mark.parametrize(
    "text",
    [
        "claimant,claim\nHealth,300\nRoads,200\n",
        "Ministry,Requirement\nHealth,300\nRoads,KSh 200\n",
        "\ufeffprogramme,weight,Amount (KES)\nHealth,2,300\nRoads,1,200\n",
        "who,what\nHealth,300\nRoads,200\n",
        'County,2009/10\nHealth,"300"\nRoads,200\n\n',
        "claim_kes,name\n300,Health\n200,Roads\n",
        "label,amount,unit\nHealth,0.3,KES thousand\nRoads,200,KES\n",
    ],
)
def test_headings_as_they_come(tmp_path, text):
    assert _file(tmp_path, text).claims.to_dict() == {"Health": 300, "Roads": 200}


def test_units_and_further_columns(tmp_path):
    file = _file(tmp_path, 'name,claim,floor\nHealth,3,1\nRoads,"1,2",\n'.replace('"1,2"', "1.2"), unit="KES million")
    assert file.claims.to_dict() == {"Health": 3e6, "Roads": 1.2e6}
    floors = file.column("floor")
    assert floors["Health"] == 1
    assert floors.isna()["Roads"]
    with pytest.raises(InputError, match="did you mean 'floor'"):
        file.column("flor")


def test_all_faults_of_a_file_at_once(tmp_path):
    with pytest.raises(InputError) as refused:
        _file(tmp_path, 'name,claim\nHealth,-3\nRoads,"2,603,.52"\nHealth,\n,4\n')
    told = str(refused.value)
    assert len(refused.value.faults) == 5
    for words in (
        "claims.csv, row 2, column claim: '-3' is a negative claim",
        "row 3, column claim: '2,603,.52' is no amount of money",
        "row 4, column claim: 'blank' is no claim: unknown is not zero",
        "row 4, column name: 'Health' stands in row 2 too",
        "row 5, column name: claimant has no name",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no claims"),
        ("name,claim\n", "holds no claims"),
        ("name,claim\na,1,2\n", "row 2: has 3 cells and the heading 2"),
        ("x,y\n1,2\n", "has no column of claimants"),
        ("name,y,z\na,1,2\n", "has no column of claims"),
        ("name,name\na,1\n", "occurs twice"),
        (b"name,claim\n\xff\xfe,1\n", "is no UTF-8"),
        ('name,claim\n"a,1\n', "is no CSV"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        _file(tmp_path, text)


def test_headings_can_be_given(tmp_path):
    text = "name,claim,second\na,1,5\n"
    assert _file(tmp_path, text, amount="second").claims.to_dict() == {"a": 5}
    with pytest.raises(InputError, match="did you mean 'second'"):
        _file(tmp_path, text, amount="secnd")
    with pytest.raises(InputError, match="is no file"):
        read_claims(tmp_path / "none.csv")
