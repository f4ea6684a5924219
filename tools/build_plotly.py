"""Build the small Plotly bundle that the dashboards load, and gather the licences of what went into it.

    python tools/build_plotly.py

Needs npm. The versions stand in ``tools/plotly/package-lock.json`` with their checksums, so that the same bundle
comes out each time; it is committed, and nobody who only runs the workbench needs npm.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

RECIPE = Path(__file__).parent / "plotly"
STATIC = Path(__file__).parents[1] / "workbench" / "panels" / "static"
BUNDLE = STATIC / "plotly-workbench.min.js"
LICENCES = STATIC / "plotly-workbench.LICENSES.txt"


def build() -> None:
    """Install the locked packages in a scratch folder, bundle them, and copy bundle and licences out."""
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        for file in RECIPE.iterdir():
            shutil.copy(file, here)
        # Plotly's scripts are never run: the bundle needs its sources only.
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=here, check=True)
        command = [
            "node_modules/.bin/esbuild",
            "entry.js",
            "--bundle",
            "--minify",
            "--format=iife",
            "--global-name=Plotly",
            "--target=es2018",
            "--legal-comments=none",
            "--define:global=window",
            "--define:define.amd=false",
            "--loader:.css=empty",
            "--log-level=error",
            "--metafile=meta.json",
            "--outfile=bundle.js",
        ]
        subprocess.run(command, cwd=here, check=True)
        licences = gather_licences(here)
        version = json.loads((here / "node_modules/plotly.js/package.json").read_text())["version"]
        banner = f"/* plotly.js v{version} (scatter, bar, heatmap, sankey). Licences: {LICENCES.name} */\n"
        STATIC.mkdir(parents=True, exist_ok=True)
        BUNDLE.write_text(banner + (here / "bundle.js").read_text(encoding="utf-8"), encoding="utf-8")
        LICENCES.write_text(licences, encoding="utf-8")
    print(f"{BUNDLE.name}: {BUNDLE.stat().st_size:,} bytes")


def gather_licences(here: Path) -> str:
    """Put together the licence texts of every package that has a byte in the bundle."""
    inputs = json.loads((here / "meta.json").read_text())["outputs"]["bundle.js"]["inputs"]
    folders = sorted({package_folder(path) for path, share in inputs.items() if share["bytesInOutput"]} - {""})
    texts = []
    for folder in folders:
        about = json.loads((here / folder / "package.json").read_text(encoding="utf-8"))
        head = f"{about['name']} {about['version']} ({about.get('license', 'licence in the text below')})"
        found = sorted(file for file in (here / folder).iterdir() if file.name.upper().startswith(("LICEN", "COPYING")))
        body = found[0].read_text(encoding="utf-8").strip() if found else "The package carries no licence file."
        texts.append(f"{head}\n{'=' * len(head)}\n\n{body}\n")
    return "\n\n".join(texts)


def package_folder(path: str) -> str:
    """Return the folder of the package that a bundled file belongs to; empty for the recipe's own."""
    parts = path.split("/")
    if "node_modules" not in parts:
        return ""
    start = len(parts) - 1 - parts[::-1].index("node_modules")
    length = 2 if parts[start + 1].startswith("@") else 1
    return "/".join(parts[: start + 1 + length])


if __name__ == "__main__":
    build()
