"""Figures of one's own and scenarios, as their users meet them: a sheet with mistakes, a block from Excel, a right."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.browser.conftest import Visit
from tests.running import start_server
from workbench.scenarios import open_store, reproduce
from workbench.views import text, text_own, text_scenarios

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OWN, GRID, ASKS = text_own.PAGE, text_own.GRID, text_own.REQUESTS
SCENARIOS, STORE = text_scenarios.PAGE, text_scenarios.STORE

SHEET = """programme,economic_class,financial_year,amount,unit,floor
Roads,total,2024/25,400,KES million,
Water,totl,2024/25,300,KES million,
Health,total,2024/25,twelve,KES million,
Schools,total,2024/25,120,KES million,130
"""


@pytest.fixture(scope="module")
def keeping(tmp_path_factory):
    """A server that keeps runs, and that Wanjiku may approve at."""
    folder = tmp_path_factory.mktemp("keeping")
    store = folder / "runs.sqlite3"
    running = start_server(folder / "log.txt", "--store", str(store), "--approver", "Wanjiku", "--warm-kernels", "1")
    yield running, store
    running.stop()


def bring(page, content: bytes, name: str = "requests.csv") -> None:
    page.set_input_files(".wb-upload-file", {"name": name, "mimeType": "text/csv", "buffer": content})


def drop(page, *files: tuple[str, str], on: str = ".wb-upload") -> list[bool]:
    """Drag files over a place and let them go, as a browser tells it; gives which events were taken."""
    return page.evaluate(
        """([files, on]) => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name));
            const place = document.querySelector(on);
            return ["dragenter", "dragover", "drop"].map(kind => {
                const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
                const taken = !place.dispatchEvent(event);
                if (kind === "dragover" && place.matches(".wb-upload") && !place.matches(".wb-upload-over"))
                    throw new Error("the field does not show that a file may be let go here");
                return taken;
            });
        }""",
        [[list(file) for file in files], on],
    )


def paste(page, label: str, text: str) -> None:
    """Paste as a spreadsheet does: the clipboard's text lands on the chosen cell."""
    page.get_by_label(label, exact=True).focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def download(page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as coming:
        page.get_by_role("button", name=label, exact=True).click()
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def wrong_cells(page) -> dict[str, str]:
    """What is marked: the words beside each wrong cell, by what the cell is called."""
    return page.evaluate(
        """Object.fromEntries([...document.querySelectorAll('.wb-edit input[aria-invalid=true]')].map(input => [
            input.getAttribute('aria-label'),
            document.getElementById(input.getAttribute('aria-describedby').split(' ').at(-1)).textContent]))"""
    )


def count_wrong(page, number: int) -> None:
    page.wait_for_function(f"document.querySelectorAll('.wb-edit input[aria-invalid=true]').length === {number}")


@pytest.mark.parametrize("visit", [(1024, 768), (360, 740)], indirect=True)
def test_a_sheet_with_three_mistakes_is_mended_run_and_taken_away(visit):
    page = visit.open("own").page
    visit.shoot("own")
    if page.viewport_size["width"] > 1000:
        drop(page, ("requests.csv", SHEET))
    else:
        bring(page, SHEET.encode())
    count_wrong(page, 3)
    visit.shoot("own-wrong")
    assert wrong_cells(page) == {
        "Economic class, row 3": "'totl' is not allowed (allowed: recurrent, development, total)",
        "Amount, row 4": "'twelve' is no number (write it like 1,234.50, (44) for a negative, - for nil, or leave it"
        " blank if it is unknown)",
        "Floor, row 5": "'130' is above the amount that is asked for (change one of the two)",
    }
    assert page.locator(".wb-edit-faults li").count() == 3
    page.get_by_role("button", name=OWN["run"], exact=True).click()
    page.locator(".wb-error-place", has_text=OWN["mend"]).wait_for()

    page.get_by_role("button", name="Economic class, row 3", exact=True).click()  # the list leads to the cell
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Economic class, row 3"
    page.keyboard.type("total")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Economic class, row 4"
    count_wrong(page, 2)
    paste(page, "Amount, row 4", "200\tKES million\t\r\n120\tKES million\t30\r\n")
    count_wrong(page, 0)
    page.get_by_role("button", name=GRID["undo"], exact=True).click()
    count_wrong(page, 2)
    paste(page, "Amount, row 4", "200\tKES million\t\r\n120\tKES million\t30\r\n")
    count_wrong(page, 0)

    page.get_by_label(ASKS["envelope"], exact=True).fill("KSh 500 million")
    page.get_by_role("button", name=OWN["run"], exact=True).click()
    page.locator(".wb-finding", has_text="is lacking").wait_for()
    page.locator(".wb-figure-value").nth(3).wait_for()
    page.wait_for_selector(".wb-canvas[data-drawn]")
    assert page.locator(".wb-figure-value").all_text_contents() == [
        "1,020,000,000",
        "500,000,000",
        "520,000,000",
        "49.0",
    ]
    rows = page.evaluate(
        "[...document.querySelectorAll('.wb-table tbody tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    assert [row[:3] for row in rows][-1] == ["All requests", "1,020,000,000", "500,000,000"]
    assert OWN["given"].format(file="requests.csv") in page.locator(".wb-sources").inner_text()
    visit.shoot("own-run")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    name, content = download(page, text.FILES["xlsx"])
    assert name == "awards-2024-25.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Results"]
    awards = [values.cell(row, 3).value for row in range(6, 10)]
    assert [f"{award:,}" for award in awards] == [row[2] for row in rows[:4]]
    assert sum(awards) == 500_000_000 == values["C10"].value
    assert book["Results"]["C10"].value == "=SUM(C6:C9)"
    name, content = download(page, OWN["csv"])
    assert content.decode("utf-8-sig").splitlines()[1].startswith(f"Roads,400000000,{awards[0]},")
    visit.assert_clean()


def test_what_is_no_table_is_refused_in_words_and_nothing_is_read_of_another_viewers(visit, browser):
    page = visit.open("own").page
    bring(page, b"anything", "budget.pdf")
    refusal = page.locator(".wb-upload-refusal")
    assert text_own.UPLOAD["kind"] in refusal.inner_text()
    assert drop(page, ("requests.csv", SHEET), on="h1")[1:] == [True, True], "or the file would take the page's place"
    assert drop(page, ("a.csv", SHEET), ("b.csv", SHEET))[1:] == [True, True]
    assert refusal.inner_text() == text_own.UPLOAD["several"].format(count=2)
    drop(page, ("budget.docx", "anything"))
    assert text_own.UPLOAD["kind"] in refusal.inner_text()
    assert page.locator(".wb-upload-over").count() == 0
    bring(page, b"x" * (5 * 1024 * 1024 + 1))
    page.wait_for_function("document.querySelector('.wb-upload-refusal').textContent.includes('too large')")
    bring(page, b"colour,shape\nred,round\n")
    page.wait_for_function("document.querySelector('.wb-upload-refusal').textContent.includes('holds no heading')")
    bring(page, SHEET.replace("Roads", "A secret road").encode())
    count_wrong(page, 3)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    other = Visit(context.new_page(), visit.url).open("own")
    values = other.page.evaluate("[...document.querySelectorAll('.wb-edit input')].map(input => input.value).join('')")
    assert values == ""
    assert "secret" not in other.page.content()
    context.close()
    visit.assert_clean()


def test_the_keyboard_alone_moves_through_the_table_and_out_of_it(visit):
    page = visit.open("own").page
    focused = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    page.get_by_label("Programme, row 2", exact=True).focus()
    page.keyboard.type("Roads")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Sub programme, row 2"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Programme, row 3"
    page.keyboard.type("Wat")
    page.keyboard.press("Escape")
    assert page.get_by_label("Programme, row 3", exact=True).input_value() == ""
    page.keyboard.type("Water")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+z")
    assert page.get_by_label("Programme, row 3", exact=True).input_value() == ""
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == GRID["add"]
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "Sector, row 10"
    paste(page, "Source, row 10", "a\tb\tc")
    assert page.locator(".wb-edit-told").inner_text() == GRID["too_wide"].format(wide=3, room=1)
    visit.assert_clean()


def choose(page, label: str, shown: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=shown)


@pytest.mark.parametrize("size", [(1024, 768), (360, 740)])
def test_a_scenario_is_run_compared_kept_and_approved_by_right(browser, keeping, size):
    running, store = keeping
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    visit = Visit(context.new_page(), running.url).open("scenarios")
    page = visit.page
    assert "47 gain" in page.locator("h1").inner_text()
    visit.shoot("scenarios")
    choose(page, SCENARIOS["scenario"], "Ten counties fail (grants)")
    page.get_by_label(SCENARIOS["against"], exact=True).locator("option", has_text="KDSP II every county").wait_for(
        state="attached"
    )
    choose(page, SCENARIOS["against"], "KDSP II every county qualifies")
    page.get_by_role("button", name=SCENARIOS["run"], exact=True).click()
    page.locator("h1", has_text="37 gain and 10 lose").wait_for()
    assert page.locator(".wb-table").first.locator("tbody tr").count() == 1  # ten conditions that fail alike
    assert page.locator(".wb-figure-value").all_text_contents() == ["14.66", "47", "42.50", "0"]

    page.get_by_role("button", name=STORE["save"], exact=True).click()
    page.locator(".wb-error-place", has_text="A name is needed").wait_for()
    name = f"run at {size[0]}"
    page.get_by_label(STORE["save_name"], exact=True).fill(name)
    page.get_by_label(STORE["save_user"], exact=True).fill("Wanjiku")
    page.get_by_role("button", name=STORE["save"], exact=True).click()
    page.locator(".wb-said-done", has_text=f"Kept as {name}").wait_for()
    page.get_by_role("button", name=STORE["approve"], exact=True).click()
    page.locator(".wb-error-place", has_text=STORE["own"]).wait_for()
    with open_store(store) as opened:
        assert opened.run(name).status == "draft"
        opened.delete(name)
    page.get_by_label(STORE["save_user"], exact=True).fill("Otieno")
    page.get_by_role("button", name=STORE["save"], exact=True).click()
    page.locator(".wb-said-done", has_text=f"Kept as {name}").wait_for()
    page.get_by_role("button", name=STORE["approve"], exact=True).click()
    page.locator(".wb-said-done", has_text="was approved by Wanjiku").wait_for()
    visit.shoot("scenarios-kept")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    with open_store(store) as opened:
        entry = opened.run(name)
        assert (entry.made_by, entry.approved_by, entry.status) == ("Otieno (name not checked)", "Wanjiku", "approved")
    visit.assert_clean()
    context.close()


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A server at which Otieno has logged in, who may keep and not approve."""
    folder = tmp_path_factory.mktemp("signed")
    store = folder / "runs.sqlite3"
    options = ("--store", str(store), "--approver", "wanjiku", "--warm-kernels", "1")
    running = start_server(folder / "log.txt", *options, JUPYTERHUB_USER="otieno")
    yield running, store
    running.stop()


def test_requests_are_kept_by_the_login_opened_again_and_approved_by_nobody_without_the_right(browser, signed):
    running, store = signed
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    visit = Visit(context.new_page(), running.url).open("own")
    page = visit.page
    drop(page, ("asks.csv", SHEET.replace("totl", "total").replace("twelve", "200").replace("130", "30")))
    page.locator(".wb-edit-count", has_text=GRID["sound"]).wait_for()
    page.get_by_label(ASKS["envelope"], exact=True).fill("KSh 500 million")
    page.get_by_role("button", name=OWN["run"], exact=True).click()
    page.locator(".wb-finding", has_text="is lacking").wait_for()
    page.locator(".wb-figure-value").nth(3).wait_for()
    cards = page.locator(".wb-figure-value").all_text_contents()
    assert page.get_by_label(STORE["save_user"], exact=True).count() == 0, "the login signs"
    page.get_by_label(STORE["save_name"], exact=True).fill("our asks")
    page.get_by_role("button", name=OWN["save"], exact=True).click()
    page.locator(".wb-said-done", has_text="Kept as our asks").wait_for()
    visit.shoot("own-kept")
    page.get_by_role("link", name=OWN["saved_open"]).click()
    page.locator(".wb-lead", has_text="given by otieno (asks.csv)").wait_for()
    assert page.locator(".wb-figure-value").all_text_contents()[:3] == ["1.02", "500.00", "520.00"]
    assert cards[:3] == ["1,020,000,000", "500,000,000", "520,000,000"]
    visit.shoot("scenarios-own")
    page.get_by_role("button", name=STORE["approve"], exact=True).click()
    page.locator(".wb-error-place", has_text="You may not approve here").wait_for()
    with open_store(store) as opened:
        entry = opened.run("our asks")
        assert (entry.made_by, entry.status) == ("otieno", "draft")
        assert reproduce(opened.record("our asks")).identical
    visit.assert_clean()
    context.close()


def test_without_a_store_a_scenario_is_run_and_nothing_can_be_kept(visit):
    page = visit.open("scenarios").page
    assert STORE["off"] in page.locator(".wb-keep").inner_text()
    assert page.get_by_role("button", name=STORE["save"], exact=True).count() == 0
    assert page.get_by_role("button", name=STORE["approve"], exact=True).count() == 0
    visit.assert_clean()
