"""Find runs in a store: one by what people call it, or all that are like what is asked for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from workbench.errors import Fault
from workbench.scenarios.store.entry import LISTED, RunEntry, entries_of
from workbench.scenarios.store.refusals import NotKeptError, taken
from workbench.scenarios.store.schema import NOTE, RUN, TAG


def row_of(connection: Connection, run: str) -> Row[Any]:
    """Return the row of a run by its id, its name, or the first digits of its id.

    Raises
    ------
    NotKeptError
        Where there is none, or more than one begins so.
    """
    exact: Select[Any] = select(*LISTED).where(or_(RUN.c.id == run, RUN.c.name == run))
    rows = connection.execute(exact).all()
    if not rows and run:
        begins = select(*LISTED).where(RUN.c.id.startswith(run, autoescape=True)).limit(2)
        rows = connection.execute(begins).all()
    if len(rows) == 1:
        return rows[0]
    what = "is the beginning of more than one run's id" if rows else "is no run of this store"
    remedy = "workbench runs list shows what is kept"
    raise NotKeptError(Fault(what=what, value=run, remedy=remedy))


def with_content(connection: Connection, run: str, content: str) -> RunEntry | None:
    """Return a run of this id and this content, or None."""
    query = select(*LISTED).where(RUN.c.id == run, RUN.c.content_hash == content)
    found = entries_of(connection, connection.execute(query).mappings())
    return found[0] if found else None


def refuse_taken(connection: Connection, name: str) -> None:
    """Raise where a run is kept under a name."""
    kept = connection.execute(select(*LISTED).where(RUN.c.name == name)).first()
    if kept is not None:
        raise taken("run", name, kept.made_by, kept.made_at) from None


def listing(*, search: str | None, tag: str | None, **exactly: str | None) -> Select[Any]:
    """Return the query for runs, the newest first.

    Parameters
    ----------
    search : str, optional
        Text in the name, the scenario, the question, the user or a note; letter case aside.
    tag : str, optional
        One of the run's tags.
    **exactly : str, optional
        What a column of the runs is.
    """
    query: Select[Any] = select(*LISTED).order_by(RUN.c.made_at.desc(), RUN.c.id)
    if search is not None:
        noted = select(NOTE.c.run_id).where(NOTE.c.text.icontains(search, autoescape=True))
        words = (RUN.c.id, RUN.c.name, RUN.c.scenario, RUN.c.question, RUN.c.made_by)
        found = [column.icontains(search, autoescape=True) for column in words]
        query = query.where(or_(*found, RUN.c.id.in_(noted)))
    if tag is not None:
        query = query.where(RUN.c.id.in_(select(TAG.c.run_id).where(TAG.c.tag == tag)))
    for column, value in exactly.items():
        query = query if value is None else query.where(RUN.c[column] == value)
    return query
