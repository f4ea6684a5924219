"""Flip one sign, comparison or function at a time in each rule, and see whether a test goes red.

    python -m tools.mutate_rules [RULE ...]

Each mutant is written to a copy of the package in a temporary folder and run against the tests. It is printed with
the first test that goes red; one that stays green makes the exit code 1. Lines in ``EQUIVALENT`` are passed over:
changed or not, they compute the same, so that nothing can go red.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "workbench/allocation/rules"
HELPERS = ("levels", "arrival", "ordering", "weighing", "rounding", "limits", "whole")
TESTS = (
    "tests/allocation/test_known_answers.py",
    "tests/allocation/test_rules.py",
    "tests/allocation/test_arrival.py",
    "tests/allocation/test_rounding.py",
    "tests/allocation/test_allocate.py",
)
SWAPS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE,
}  # fmt: skip
NAMES = {"minimum": "maximum", "maximum": "minimum", "max": "min", "min": "max", "add": "subtract", "subtract": "add"}
EQUIVALENT: dict[str, tuple[str, ...]] = {}
"""By file, the lines whose change leaves the function as it was, with the reason beside each."""


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the change in words and the changed source of every mutant."""
    tree = ast.parse(source)
    places = [node for node in ast.walk(tree) if _changes(node)]
    for number in range(len(places)):
        fresh = ast.parse(source)
        node = [node for node in ast.walk(fresh) if _changes(node)][number]
        words = _change(node)
        yield getattr(node, "lineno", 0), words, ast.unparse(fresh)


def _changes(node: ast.AST) -> bool:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        return type(node.op) in SWAPS
    if isinstance(node, ast.Compare):
        return len(node.ops) == 1 and type(node.ops[0]) in SWAPS
    return isinstance(node, ast.Attribute) and node.attr in NAMES


def _change(node: ast.AST) -> str:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        before, node.op = type(node.op).__name__, SWAPS[type(node.op)]()
        return f"{before} for {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        before, node.ops = type(node.ops[0]).__name__, [SWAPS[type(node.ops[0])]()]
        return f"{before} for {type(node.ops[0]).__name__}"
    if isinstance(node, ast.Attribute):
        before, node.attr = node.attr, NAMES[node.attr]
        return f"{before} for {node.attr}"
    raise TypeError(f"{node} cannot be changed")


def first_failure(copy: Path, file: Path, changed: str) -> str | None:
    """Run the tests with the changed source; name the first that goes red, or return None where all stay green."""
    target = copy / file.relative_to(ROOT)
    original = target.read_text(encoding="utf-8")
    target.write_text(changed, encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        if done.returncode == 0:
            return None
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed[0].split(" - ")[0] if failed else "the tests broke off"
    except subprocess.TimeoutExpired:
        return "the tests did not end"
    finally:
        target.write_text(original, encoding="utf-8")


def main(chosen: list[str]) -> int:
    """Try the mutants of all rules, or of those chosen; helpers such as ``levels`` are tried when they are chosen."""
    files = [RULES / f"{name}.py" for name in chosen if (RULES / f"{name}.py").is_file()]
    files += [ROOT / f"workbench/allocation/{name}.py" for name in chosen if name in HELPERS]
    files = files or sorted(path for path in RULES.glob("*.py") if path.stem != "__init__")
    tried, green = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("workbench", "tests", "data"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        sound = files[0].read_text(encoding="utf-8")
        if (broken := first_failure(copy, files[0], sound)) is not None:
            print(f"Without any change the tests are red already: {broken}", file=sys.stderr)
            return 2
        for file in files:
            for line, words, changed in mutants(file.read_text(encoding="utf-8")):
                if file.read_text(encoding="utf-8").splitlines()[line - 1].strip() in EQUIVALENT.get(file.stem, ()):
                    continue
                tried += 1
                failure = first_failure(copy, file, changed)
                green += failure is None
                print(
                    f"{'GREEN' if failure is None else 'red  '} {file.stem}, line {line}: {words}  {failure or ''}",
                    flush=True,
                )
    print(f"{tried} mutants, {tried - green} went red, {green} stayed green")
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
