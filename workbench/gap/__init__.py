"""Model: requirement against allocation, the money's way through the stages, and what to do with too little.

The module itself can be called like the function ``gap``, because ``workbench.gap`` is the function to those who read
the front page and the module to Python's import system, whichever comes first.
"""

import sys
from types import ModuleType
from typing import Any

from workbench.gap.measure import gap
from workbench.gap.result import Gap
from workbench.gap.select import sides_of

__all__ = ["Gap", "gap", "sides_of"]


class _CallableModule(ModuleType):
    def __call__(self, *arguments: Any, **options: Any) -> Gap:  # noqa: ANN401 - passed on as they are
        return gap(*arguments, **options)


sys.modules[__name__].__class__ = _CallableModule
