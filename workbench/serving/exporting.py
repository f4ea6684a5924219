"""Voila's exporter, which makes a page of a notebook, with templates translated once and not for each visitor."""

from __future__ import annotations

from typing import Any

import voila.notebook_renderer
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from voila.exporter import VoilaExporter


class Kept(BytecodeCache):
    """Keeps translated templates in memory."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept."""
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was translated."""
        self._code[bucket.key] = bucket.bytecode_to_string()


KEPT = Kept()


class QuickExporter(VoilaExporter):
    """The exporter; Voila makes a new one for each visitor."""

    def _create_environment(self) -> Any:  # noqa: ANN401 - the base class has no types
        environment = super()._create_environment()
        environment.bytecode_cache = KEPT
        return environment


def use_quick_exporter() -> None:
    """Have Voila make its pages with it; Voila has no setting for this."""
    voila.notebook_renderer.VoilaExporter = QuickExporter
