"""Files that say nothing of when they were made: the same figures give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Final

MADE: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""What every file says of its own making."""


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files by their names as the bytes of a ZIP."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        for name, data in files:
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, data)
    return content.getvalue()
