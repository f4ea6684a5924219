"""Nothing that comes from data is taken for HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.panels import html
from workbench.views.content import Card, Grid, PageContent
from workbench.views.picture import picture


class Reader(HTMLParser):
    """Gathers tags and texts as a browser would."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


NASTY = '<img src=x onerror=alert(1)> & "quotes"'
words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(words)
def test_a_card_reads_as_it_was_written(cell):
    reader = Reader(html.cards((Card(label=cell, value=cell, unit=cell, note=cell),)))
    assert set(reader.tags) == {"dl", "div", "dt", "dd", "span"}
    assert "".join(reader.texts).count(cell) >= 4


def test_heading_sentences_sources_and_errors_escape():
    content = PageContent(
        finding=NASTY, lead=NASTY, cards=(), illustrative=True, picture=picture([], {}, "Nothing."),
        grid=Grid(caption="", columns=(), rows=()),
    )  # fmt: skip
    sources = pd.DataFrame({"source": [NASTY], "locator": [NASTY], "mark": [NASTY]})
    for made in (html.heading(content), html.sentences(NASTY, [NASTY]), html.sources(sources), html.error(NASTY)):
        reader = Reader(made)
        assert "img" not in reader.tags
        assert NASTY in "".join(reader.texts)


def test_the_warning_stands_only_where_something_is_illustrative():
    plain = PageContent(
        finding="f", lead="l", cards=(), picture=picture([], {}, "Nothing."), grid=Grid(caption="", columns=(), rows=())
    )
    assert "wb-badge" not in html.heading(plain)


def test_a_source_stands_once_with_all_its_places_and_marks():
    frame = pd.DataFrame(
        {
            "source": ["Plan", "Plan", "Bill"],
            "locator": ["p. 1", "p. 2", None],
            "mark": ["certain", "certain", "inferred"],
        }
    )
    made = html.sources(frame)
    assert made.count("<li>") == 2
    assert "p. 1; p. 2" in made
    assert made.count("certain") == 1
    assert "None" not in made


def test_empty_lists_say_nothing():
    assert html.sentences("Notes", []) == ""
    assert html.sources(pd.DataFrame(columns=["source", "locator", "mark"])) == ""
    assert html.error("") == ""
