"""The guards of version 0001: triggers that refuse what nobody may do, whichever program writes to the database.

SQLite's ``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` delete the row in their way without asking a delete trigger,
so the guards on insert and update look for such a row themselves.
"""

from __future__ import annotations

from typing import Final

_FIXED = (
    "id", "scenario", "question", "model", "financial_year", "made_at", "made_by", "content_hash", "illustrative",
    "headline", "record",
)  # fmt: skip
_FIXED_IF_APPROVED = ("name", "approved_at", "approved_by")

_MOVED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _FIXED)
_MOVED_IF_APPROVED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _FIXED_IF_APPROVED)
_BAD_STEP = (
    "NOT (NEW.status = OLD.status AND NEW.superseded_by IS OLD.superseded_by)"
    " AND NOT (OLD.status = 'draft' AND NEW.status = 'approved')"
    " AND NOT (OLD.status = 'approved' AND NEW.status = 'superseded')"
)


def _refuse(trigger: str, event: str, when: str, why: str) -> str:
    table = event.rsplit(maxsplit=1)[-1]
    raised = f"SELECT RAISE(ABORT, '{why}')"
    return f"CREATE TRIGGER {trigger}_{table} BEFORE {event} WHEN {when} BEGIN {raised}; END"


_APPROVED_RUN = "EXISTS (SELECT 1 FROM run WHERE id = {row}.run_id AND status <> 'draft')"
_LAST = "(SELECT hash FROM audit ORDER BY seq DESC LIMIT 1)"
_NEXT = "(SELECT coalesce(max(seq), 0) + 1 FROM audit)"
_UNCHAINED = f"NEW.seq <> {_NEXT} OR NEW.previous <> coalesce({_LAST}, '{'0' * 64}')"
_AGAIN = "EXISTS (SELECT 1 FROM audit WHERE hash = NEW.hash)"

SQLITE: Final = (
    _refuse("keep", "UPDATE ON run", _MOVED, "a run never changes once it is kept"),
    _refuse("keep_approved", "UPDATE ON run", f"OLD.status <> 'draft' AND ({_MOVED_IF_APPROVED})",
            "an approved run cannot be changed"),
    _refuse("keep_status", "UPDATE ON run", _BAD_STEP, "an approved run can only be superseded"),
    _refuse("keep_name", "UPDATE ON run", "EXISTS (SELECT 1 FROM run WHERE name = NEW.name AND id <> NEW.id)",
            "this name is taken"),
    _refuse("keep_deleted", "DELETE ON run", "OLD.status <> 'draft'", "an approved run cannot be deleted"),
    _refuse("no_replacing", "INSERT ON run", "EXISTS (SELECT 1 FROM run WHERE id = NEW.id OR name = NEW.name)",
            "this name is taken"),
    _refuse("starts_as_draft", "INSERT ON run", "NEW.status <> 'draft'", "a run is kept first and approved then"),
    _refuse("no_replacing", "INSERT ON scenario", "EXISTS (SELECT 1 FROM scenario WHERE name = NEW.name)",
            "this name is taken"),
    _refuse("no_change", "UPDATE ON scenario", "1", "a scenario never changes once it is kept"),
    _refuse("append_only_update", "UPDATE ON audit", "1", "the audit trail only grows"),
    _refuse("append_only_delete", "DELETE ON audit", "1", "the audit trail only grows"),
    _refuse("chained", "INSERT ON audit", f"{_UNCHAINED} OR {_AGAIN}", "the audit trail only grows at its end"),
    *(
        _refuse(f"approved_{event.lower()}", f"{event} ON {table}", when, "an approved run cannot be changed")
        for table in ("tag", "note")
        for event, when in (
            ("INSERT", _APPROVED_RUN.format(row="NEW")),
            ("UPDATE", f"{_APPROVED_RUN.format(row='OLD')} OR {_APPROVED_RUN.format(row='NEW')}"),
            ("DELETE", _APPROVED_RUN.format(row="OLD")),
        )
    ),
)  # fmt: skip


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$"


def _if(when: str, why: str) -> str:
    return f"IF {when} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"


def _distinct(condition: str) -> str:
    """Write SQLite's null-safe ``IS NOT`` and ``IS`` between columns as PostgreSQL does."""
    return condition.replace(" IS NOT OLD.", " IS DISTINCT FROM OLD.").replace(" IS OLD.", " IS NOT DISTINCT FROM OLD.")


def _trigger(name: str, event: str, function: str, *, each: str = "ROW") -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} FOR EACH {each} EXECUTE FUNCTION {function}()"


POSTGRESQL: Final = (
    _function("keep_run", (
        _if(_distinct(_MOVED), "a run never changes once it is kept")
        + _if(f"OLD.status <> 'draft' AND ({_distinct(_MOVED_IF_APPROVED)})", "an approved run cannot be changed")
        + _if(_distinct(_BAD_STEP), "an approved run can only be superseded")
        + " RETURN NEW;"
    )),
    _trigger("keep_run", "UPDATE ON run", "keep_run"),
    _function("keep_deleted_run", (
        _if("OLD.status <> 'draft'", "an approved run cannot be deleted") + " RETURN OLD;"
    )),
    _trigger("keep_deleted_run", "DELETE ON run", "keep_deleted_run"),
    _function("starts_as_draft", (
        _if("NEW.status <> 'draft'", "a run is kept first and approved then") + " RETURN NEW;"
    )),
    _trigger("starts_as_draft", "INSERT ON run", "starts_as_draft"),
    _function("never", _if("true", "what the store keeps is never rewritten") + " RETURN NULL;"),
    _trigger("no_change_scenario", "UPDATE ON scenario", "never"),
    _trigger("append_only", "UPDATE OR DELETE ON audit", "never"),
    *(
        _trigger(f"no_truncate_{table}", f"TRUNCATE ON {table}", "never", each="STATEMENT")
        for table in ("run", "audit", "tag", "note", "scenario")
    ),
    _function("chained", _if(_UNCHAINED, "the audit trail only grows at its end") + " RETURN NEW;"),
    _trigger("chained", "INSERT ON audit", "chained"),
    _function("approved_run_stays", (
        "IF TG_OP <> 'INSERT' THEN "
        + _if(_APPROVED_RUN.format(row="OLD"), "an approved run cannot be changed")
        + " END IF; IF TG_OP <> 'DELETE' THEN "
        + _if(_APPROVED_RUN.format(row="NEW"), "an approved run cannot be changed")
        + " RETURN NEW; END IF; RETURN OLD;"
    )),
    _trigger("approved_run_tag", "INSERT OR UPDATE OR DELETE ON tag", "approved_run_stays"),
    _trigger("approved_run_note", "INSERT OR UPDATE OR DELETE ON note", "approved_run_stays"),
)  # fmt: skip
