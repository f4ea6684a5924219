"""Performance grants to the 47 counties: who gets how much, and why.

The model is the function ``grants``. The module itself can be called like it, because ``workbench.grants`` is the
function to those who read the front page and the module to Python's import system, whichever comes first.
"""

import sys
from types import ModuleType
from typing import Any

from workbench.grants.design import Design
from workbench.grants.load import design_names, load_design
from workbench.grants.model import GrantsResult, grants

__all__ = ["Design", "GrantsResult", "design_names", "grants", "load_design"]


class _CallableModule(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> GrantsResult:  # noqa: ANN401 - passed on as they are
        return grants(*arguments, **options)


sys.modules[__name__].__class__ = _CallableModule
