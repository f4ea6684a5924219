"""The files that a run stands on: opened once while nobody changes them, and their hashes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from workbench.datasets import Package, data_root, open_package
from workbench.datasets.locate import descriptor_path
from workbench.scenarios import canonical


def opened(package: str) -> Package:
    """Open a data package, or return it as it was opened before where no file of it has changed since."""
    folder = descriptor_path(package).parent
    states = sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir())
    return _opened(package, tuple(states))


@lru_cache(maxsize=16)
def _opened(package: str, _states: tuple[tuple[str, int, int], ...]) -> Package:
    return open_package(package)


def package_hashes(*packages: Package) -> dict[str, str]:
    """Return the SHA-256 of a package's descriptor and of each of its tables, by ``package/file``."""
    found: dict[str, str] = {}
    for package in packages:
        names = ["datapackage.json", *(resource.path for resource in package.descriptor.resources)]
        found |= {f"{package.name}/{name}": _hash(package.folder / name) for name in names}
    return dict(sorted(found.items()))


def file_hash(path: Path) -> str:
    """Return the SHA-256 of one file."""
    return _hash(path)


def shown_path(path: Path) -> str:
    """Return a shipped file's path below the data folder, or another file's name: never a place on one machine."""
    root = data_root().resolve()
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name


def _hash(path: Path) -> str:
    state = path.stat()
    return _hash_of_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _hash_of_state(path: Path, _changed: int, _size: int) -> str:
    return canonical.digest_of_file(path)
