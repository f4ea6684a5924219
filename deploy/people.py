"""Who may come in, and in which role: names and hashed passwords in one file.

    python deploy/people.py FILE add asha economist     # asks for a password twice
    python deploy/people.py FILE remove asha
    python deploy/people.py FILE list

A ministry with a directory of its own uses that instead (docs/deploy.md).
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Final

ROLES: Final = ("economist", "viewer")
LEAST_PASSWORD: Final = 10
COST: Final = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}
NAME: Final = re.compile(r"[a-z][a-z0-9.-]{0,31}")
NOBODY: Final = {"role": "", "salt": "00" * 16, "hash": "00" * 32}

Person = dict[str, str]


def hashed(password: str, salt: bytes) -> str:
    """Return a password's hash (scrypt), in hexadecimal digits."""
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **COST).hex()


def role_of(people: dict[str, Person], name: str, password: str) -> str | None:
    """Return a person's role if the password is right, else None.

    It takes as long for a name that nobody has, so that names cannot be guessed by the clock.
    """
    person = people.get(name, NOBODY)
    right = hmac.compare_digest(hashed(password, bytes.fromhex(person["salt"])), person["hash"])
    return person["role"] if right and person["role"] in ROLES else None


def read(file: Path) -> dict[str, Person]:
    """Return the people in a file; nobody where there is none."""
    if not file.exists():
        return {}
    people: dict[str, Person] = json.loads(file.read_text(encoding="utf-8"))
    return people


def write(file: Path, people: dict[str, Person]) -> None:
    """Write the file anew, for its owner alone."""
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(people, out, indent=1, sort_keys=True)
    draft.replace(file)


def add(file: Path, name: str, role: str, password: str) -> None:
    """Add a person, or give one another role and password.

    Raises
    ------
    ValueError
        With words, where the name, the role or the password cannot be.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no name: small letters, digits, dots and dashes, a letter first")
    if role not in ROLES:
        raise ValueError(f"'{role}' is no role: {' or '.join(ROLES)}")
    if len(password) < LEAST_PASSWORD:
        raise ValueError(f"a password has at least {LEAST_PASSWORD} characters")
    salt = secrets.token_bytes(16)
    write(file, {**read(file), name: {"role": role, "salt": salt.hex(), "hash": hashed(password, salt)}})


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    match arguments:
        case [file, "list"]:
            for name, person in read(Path(file)).items():
                print(f"{name}\t{person['role']}")
        case [file, "remove", name] if name in read(Path(file)):
            write(Path(file), {key: person for key, person in read(Path(file)).items() if key != name})
        case [file, "add", name, role]:
            password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
            if sys.stdin.isatty() and getpass.getpass("Once more: ") != password:
                print("The two passwords differ; nothing was changed.", file=sys.stderr)
                return 2
            try:
                add(Path(file), name, role, password)
            except ValueError as refusal:
                print(f"{refusal}; nothing was changed.", file=sys.stderr)
                return 2
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
