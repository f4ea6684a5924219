"""Write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from workbench.errors import Fault, InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file by way of a new one beside it, so that no reader ever finds half of it.

    Raises
    ------
    InputError
        Where it cannot be written; what stood there before stands there still.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        try:
            with beside.open("xb") as file:
                file.write(content)
            beside.replace(target)
        finally:
            with suppress(OSError):  # it is gone where all went well, and was never there where it could not be made
                beside.unlink()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        remedy = "choose a folder that you may write to"
        raise InputError(Fault(what=f"cannot be written: {why}", file=os.fspath(path), remedy=remedy)) from error
