"""The shipped packages: sound by our own check and by Frictionless, built from their sources, and true to the page."""

import json
import warnings

import pytest

from tools.build_data.__main__ import BUILDERS
from tools.copy_sources import MANIFEST, checksum_lines
from workbench.datasets import FIGURE_KEYS, check_package, open_package, package_names, select_year
from workbench.errors import InputError, UnknownNameError


def printed(table, row, year):
    figures = open_package("opm-strategic-plan").figures
    cell = figures.query("table == @table and row == @row and financial_year == @year")
    return cell["printed"].item()


@pytest.mark.parametrize("name", package_names())
def test_a_package_keeps_to_its_schema_by_two_judges(name, repository):
    assert check_package(name) == []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the other judge's own libraries warn
        import frictionless

        report = frictionless.validate(str(repository / "data" / name / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_the_packages_of_the_issue_are_there():
    assert {"opm-strategic-plan", "national-budget", "counties", "kdsp"} <= set(package_names())


def test_the_sources_are_those_that_were_copied():
    assert MANIFEST.read_text().splitlines() == checksum_lines()


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.__name__.rsplit(".", 1)[1])
def test_what_is_stored_is_what_the_sources_give(builder, repository):
    for path, text in builder.build().items():
        assert (repository / "data" / path).read_text(encoding="utf-8") == text, f"run make data: {path}"


def test_the_one_table_has_one_schema(repository):
    schemas = {}
    for descriptor in (repository / "data").glob("*/datapackage.json"):
        for resource in json.loads(descriptor.read_text())["resources"]:
            names = [field["name"] for field in resource["schema"]["fields"]]
            if set(FIGURE_KEYS) <= set(names):
                schemas[f"{descriptor.parent.name}/{resource['name']}"] = resource["schema"]
    assert len(schemas) >= 7
    first = schemas["opm-strategic-plan/figures"]
    assert [name for name, schema in schemas.items() if schema != first] == []


@pytest.mark.parametrize(
    ("table", "row", "year", "cell"),
    [
        ("8.1.0", 13, "2010/11", "2,930"), ("8.1.0", 12, "2011/12", "2,255"), ("8.1.0", 13, "2012/13", "3,993"),
        ("8.1.1", 6, "2009/10", "735"), ("8.1.1", 12, "2009/10", "1,162"), ("8.1.1", 13, "2009/10", "2,055"),
        ("8.2", 3, "2010/11", "187,421,864"), ("8 narrative", 3, "2009/10", "1,897"),
        ("8 narrative", 7, "2009/10", "132.0"),
    ],
)  # fmt: skip
def test_cells_are_copied_as_printed_mistakes_included(table, row, year, cell):
    assert printed(table, row, year) == cell


def test_a_table_that_stops_a_year_early_has_no_figures_for_it():
    allocations = open_package("opm-strategic-plan").allocations.query("primary")
    assert sorted(allocations["financial_year"].unique()) == ["2009/10", "2010/11", "2011/12"]


def test_rows_name_the_row_that_they_add_up_to():
    figures = open_package("opm-strategic-plan").figures.query("table == '8.1.1' and financial_year == '2009/10'")
    by_parent = figures[figures["line"] == "item"].groupby("parent")["amount"].sum()
    assert by_parent.to_dict() == {6: 725, 12: 1190}
    assert set(figures.loc[figures["line"] == "subtotal", "parent"]) == {13}


def test_the_81_votes_add_up_to_the_national_total():
    votes = open_package("national-budget").table("votes")
    revised = votes[votes["stage"] == "revised"]
    assert revised["vote"].nunique() == 81
    sums = revised.groupby("economic_class")["amount"].sum()
    # Table 3.4 prints 1,769.96 and 612.98; each of the 81 votes is rounded to 0.01.
    assert sums.to_dict() == pytest.approx({"recurrent": 1769.96, "development": 612.98}, abs=0.05)


def test_a_cell_that_is_no_number_keeps_its_text_and_has_no_amount():
    programmes = open_package("national-budget").table("programmes")
    broken = programmes[programmes["printed"] == "2,603,.52"]
    assert len(broken) == 2
    assert broken["amount"].isna().all()


def test_blank_cells_stay_blank():
    programmes = open_package("national-budget").table("programmes")
    assert programmes.loc[programmes["printed"].isna(), "amount"].isna().all()
    counties = open_package("counties").table("counties")
    assert counties["poverty_rate_2015_16"].notna().sum() == 13


def test_the_47_counties():
    counties = open_package("counties").table("counties")
    assert counties["code"].tolist() == list(range(1, 48))
    assert counties["population_2019"].sum() == 47_564_296


def test_every_alias_is_a_spelling_of_the_county_that_it_names():
    package = open_package("counties")
    names = package.table("counties").set_index("code")["name"]
    aliases = package.table("aliases")
    assert (aliases["county"] == aliases["code"].map(names)).all()


@pytest.mark.parametrize(
    ("year", "total"), [("2013/14", 190e9), ("2014/15", 226.66e9), ("2015/16", 259.7745e9), ("2016/17", 280.3e9)]
)
def test_equitable_shares_miss_their_national_total_by_a_shilling_or_two(year, total):
    shares = select_year(open_package("counties").figures.query("line == 'item'"), year)
    assert len(shares) == 47
    assert 0 < abs(shares["amount"].sum() - total) <= 2


def test_a_year_without_figures_is_an_error_with_the_nearest():
    with pytest.raises(UnknownNameError, match="the years are 2009/10, 2010/11, 2011/12, 2012/13"):
        select_year(open_package("opm-strategic-plan").figures, "2013/14")


def test_a_table_or_a_role_that_is_not_there_is_told():
    with pytest.raises(UnknownNameError, match="did you mean 'votes'"):
        open_package("national-budget").table("vote")
    with pytest.raises(InputError, match="names no requirements"):
        _ = open_package("counties").requirements
    with pytest.raises(InputError, match="no fiscal figures"):
        _ = open_package("kdsp").figures


def test_the_sources_have_titles():
    sources = open_package("national-budget").sources
    assert sources["title"].str.len().min() > 10
    assert "NGBIRR-25" in set(sources["name"])
