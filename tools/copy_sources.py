"""Copy the documents and facts that the figures come from into ``data/sources``, with their checksums.

Run as ``python -m tools.copy_sources FOLDER``, FOLDER being the one that holds ``seeds`` and ``facts``. Everything
under ``data/`` is then built from ``data/sources`` alone (``python -m tools.build_data``), so that anyone with a clone
can follow a figure back to the page.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "data" / "sources"
MANIFEST = SOURCES / "SHA256SUMS"


def checksum_lines() -> list[str]:
    """Return a line for every copied file: its SHA-256 and its name below ``data/sources``."""
    files = sorted(path for path in SOURCES.rglob("*") if path.is_file() and path != MANIFEST)
    return [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(SOURCES).as_posix()}" for path in files
    ]


def main(folder: str) -> None:
    """Copy ``seeds`` and ``facts`` from ``folder`` and write the checksums."""
    for name in ("seeds", "facts"):
        target = SOURCES / name
        if target.exists():
            shutil.rmtree(target)
        target.mkdir(parents=True)
        for source in sorted((Path(folder) / name).iterdir()):
            (target / source.name).write_bytes(source.read_bytes())
    MANIFEST.write_text("\n".join(checksum_lines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
