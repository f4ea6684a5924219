"""A brief as a PDF of two pages."""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any, Final

from workbench.briefs.brief import Brief
from workbench.briefs.paper import on_paper
from workbench.briefs.undated import MADE

TEMPLATE: Final = "brief.typ"


def pdf(brief: Brief) -> bytes:
    """Return the brief as the bytes of an accessible PDF (PDF/UA-1) of two pages of A4."""
    made: bytes = _compile(TEMPLATE, {"brief.json": json.dumps(on_paper(brief), ensure_ascii=False)}, format="pdf",
                           pdf_standards="ua-1", timestamp=MADE)  # fmt: skip
    return made


def png(svg: str, pixels_per_inch: float = 220.0) -> bytes:
    """Return a drawing as the bytes of a PNG, for programs that cannot show SVG."""
    main = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")\n'
    made: bytes = _compile(None, {"main.typ": main, "drawing.svg": svg}, format="png", ppi=pixels_per_inch)
    return made


def _compile(template: str | None, files: dict[str, str], **options: Any) -> Any:  # noqa: ANN401 - typst's own
    import typst

    with tempfile.TemporaryDirectory(prefix="workbench-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_text(content, encoding="utf-8")
        main = folder / "main.typ"
        if template is not None:
            text = resources.files("workbench.briefs").joinpath(template).read_text(encoding="utf-8")
            main.write_text(text, encoding="utf-8")
        compiler = typst.Compiler(input=main, root=folder, ignore_system_fonts=True)
        return compiler.compile(**options)
