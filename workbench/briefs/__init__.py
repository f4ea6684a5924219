"""Briefs: a result as an Excel workbook, a PDF or Word brief for a committee, or data for other systems."""

from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.build import brief_of
from workbench.briefs.render import KINDS, render, write

__all__ = ["KINDS", "Brief", "Figure", "Option", "brief_of", "render", "write"]
