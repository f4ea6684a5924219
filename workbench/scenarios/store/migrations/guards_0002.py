"""The guards of version 0002: those of 0001, with the kind of a run among what never changes."""

from __future__ import annotations

from typing import Final

_STAYS = "a run never changes once it is kept"

SQLITE: Final = (
    (
        "CREATE TRIGGER keep_kind_run BEFORE UPDATE ON run WHEN NEW.kind IS NOT OLD.kind"
        f" BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
    ),
)

POSTGRESQL: Final = (
    (
        "CREATE FUNCTION keep_kind() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
        f" IF NEW.kind IS DISTINCT FROM OLD.kind THEN RAISE EXCEPTION '{_STAYS}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $guard$"
    ),
    "CREATE TRIGGER keep_kind BEFORE UPDATE ON run FOR EACH ROW EXECUTE FUNCTION keep_kind()",
)
