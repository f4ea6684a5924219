"""LibreOffice, started once for many files: it opens workbooks and documents, recalculates, and writes them anew."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def soffice() -> str:
    """The path of LibreOffice; without it the tests are skipped, and fail in CI."""
    found = shutil.which("soffice")
    if found is None:
        missing = "no LibreOffice (soffice) on PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def convert(files: list[Path], kind: str, folder: Path) -> None:
    """Let LibreOffice open files and write them as another kind, with a profile of its own."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    done = subprocess.run(
        [soffice(), f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(folder), *map(str, files)],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    written = [folder / f"{file.stem}.{kind.split(':', maxsplit=1)[0]}" for file in files]
    missing = [file.name for file in written if not file.is_file()]
    assert not missing, f"LibreOffice could not open {missing}: {done.stdout}{done.stderr}"
