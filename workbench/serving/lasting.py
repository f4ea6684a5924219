"""Files that every page loads: packed once, and kept by the browser for good, as their addresses carry a checksum."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Final

from jupyter_server.base.handlers import FileFindHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.web import StaticFileHandler

from workbench.serving.places import FRONT, STATIC
from workbench.serving.quiet import Quiet

LONG_TIME: Final = 365 * 24 * 3600
LINKED: Final = {".css", ".js", ".svg"}
FRONT_ORDER: Final = ("main.mjs", "channel.mjs", "controls.mjs", "messages.mjs", "models.mjs", "views.mjs")
"""The front end's modules, the one that starts it first."""


class LastingFile(StaticFileHandler):
    """A file that a browser may keep, sent packed without packing it again for every visitor."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - tornado's name
        """Let the browser keep what is asked for by its checksum."""
        lasting = "v" in self.request.arguments or self.root == str(FRONT)
        self.set_header("Cache-Control", f"public, max-age={LONG_TIME}, immutable" if lasting else "no-cache")
        if self._packs():
            self.set_header("Content-Encoding", "gzip")
        self.set_header("Vary", "Accept-Encoding")

    @classmethod
    def get_content(cls, abspath: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return a file, or its packed form where the path ends so."""
        whole = packed(abspath.removesuffix(".gz")) if abspath.endswith(".gz") else Path(abspath).read_bytes()
        return whole[start:end]

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Check the path as tornado does, and take the packed form where the browser can read it."""
        path = super().validate_absolute_path(root, absolute_path)
        return f"{path}.gz" if path is not None and self._packs() else path

    def get_content_size(self) -> int:
        """Return the bytes that are sent."""
        return len(self.get_content(str(self.absolute_path)))

    def get_content_type(self) -> str:
        """Return what the file is, packed or not."""
        return mimetypes.guess_type(str(self.absolute_path).removesuffix(".gz"))[0] or "application/octet-stream"

    def get_modified_time(self) -> None:
        """Return no time: the checksum tells whether a file is the same."""

    @classmethod
    def get_content_version(cls, abspath: str) -> str:
        """Return a file's checksum; the packed form has one of its own."""
        version = _checksum(Path(abspath.removesuffix(".gz")).read_bytes())
        return f"{version}-gz" if abspath.endswith(".gz") else version

    def _packs(self) -> bool:
        return "gzip" in self.request.headers.get("Accept-Encoding", "")


class WidgetFile(Quiet, FileFindHandler):
    """A file of a widget's package; the page that Jupyter's handler would refuse with is not there."""


class WidgetTheme(Quiet, ThemesHandler):
    """A file of the front end's theme."""


@cache
def packed(path: str) -> bytes:
    """Return a file packed as small as gzip can, without the time of packing."""
    return gzip.compress(Path(path).read_bytes(), compresslevel=9, mtime=0)


@cache
def addresses(base_url: str) -> dict[str, str]:
    """Return the addresses of stylesheets, scripts and pictures by name."""
    files = sorted(file for file in STATIC.iterdir() if file.suffix in LINKED)
    return {file.name: f"{base_url}static/{file.name}?v={_checksum(file.read_bytes())}" for file in files}


@cache
def front_addresses(base_url: str) -> tuple[str, ...]:
    """Return the addresses of the front end's modules; they name each other, so one checksum stands for all."""
    version = _checksum(b"".join((FRONT / name).read_bytes() for name in FRONT_ORDER))
    return tuple(f"{base_url}front/{version}/{name}" for name in FRONT_ORDER)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
