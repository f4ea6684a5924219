import pytest

from workbench.datasets import open_package
from workbench.datasets.counties import county_name, county_names, find_county
from workbench.errors import LabelError, UnknownNameError

# kdsp.md, section 5.4: every spelling seen, and the name of the census.
SEEN = {
    "Elgeyo/Marakwet": "Elgeyo/Marakwet", "Elgeyo-Marakwet": "Elgeyo/Marakwet", "Elgeyo Marakwet": "Elgeyo/Marakwet",
    "ELEGEYO-MARAKWET": "Elgeyo/Marakwet", "Keiyo": "Elgeyo/Marakwet", "Taita/Taveta": "Taita/Taveta",
    "Taita-Taveta": "Taita/Taveta", "Taita Taveta": "Taita/Taveta", "TaitaTaveta": "Taita/Taveta",
    "Tharaka-Nithi": "Tharaka-Nithi", "Tharaka Nithi": "Tharaka-Nithi", "THARAKA - NITHI": "Tharaka-Nithi",
    "Murang'a": "Murang'a", "Muranga": "Murang'a", "Murang’a": "Murang'a", "Murang`a": "Murang'a",
    "Trans Nzoia": "Trans Nzoia", "Trans-Nzoia": "Trans Nzoia", "Nairobi": "Nairobi City",
    "Nairobi City": "Nairobi City", "Nairobi City County": "Nairobi City", "Homa Bay": "Homa Bay",
    "HomaBay": "Homa Bay", "TanaRiver": "Tana River", "WestPokot": "West Pokot", "UasinGishu": "Uasin Gishu",
    "Kwale County": "Kwale", "  Wajir  ": "Wajir", "MOMBASA": "Mombasa", "County Government of Meru": "Meru",
}  # fmt: skip


@pytest.mark.parametrize(("seen", "name"), SEEN.items())
def test_every_spelling_that_the_sources_use_is_read(seen, name):
    assert county_name(seen) == name
    assert county_name(f"{seen} ") == name


def test_every_county_is_read_by_its_own_name_in_any_case():
    names = list(open_package("counties").table("counties")["name"])
    assert len(names) == 47
    for name in names:
        assert county_name(name) == county_name(name.upper()) == county_name(f"{name} County") == name


def test_an_unknown_name_is_refused_with_the_nearest_right_one():
    with pytest.raises(UnknownNameError, match="did you mean 'Kirinyaga'"):
        county_name("Kirinyagga")
    assert find_county("Total") is None
    assert find_county(None) is None


def test_many_names_are_refused_at_once_and_a_county_may_stand_once():
    with pytest.raises(LabelError) as refused:
        county_names(["Meru", "Muru", "Keiyo", "Elgeyo-Marakwet"])
    assert [fault.value for fault in refused.value.faults] == ["Muru", "Elgeyo-Marakwet"]
    assert county_names(["Meru", "Keiyo"]) == ["Meru", "Elgeyo/Marakwet"]
