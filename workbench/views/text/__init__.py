"""All words on the screens, in one place, so that Swahili can follow."""

from workbench.views.text.alignment import ALIGNMENT, FRONTIER
from workbench.views.text.audit import AUDIT, AUDIT_COLUMNS, AUDIT_COUNTS, AUDIT_PAGE
from workbench.views.text.frame import CARDS, FRAME, HOME, HTTP_ERRORS, LOGIN
from workbench.views.text.gap import FUNDED_NAMES, GAP, GAP_CHARTS, GAP_NAMES, STAGE_PHRASES, STAGES
from workbench.views.text.grants import GRANTS, LORENZ, LORENZ_BY, LORENZ_WHO, MAP, MAP_SHOWN
from workbench.views.text.page import (
    ADDRESS,
    CONTROLS,
    DOWNLOAD,
    ERRORS,
    FILES,
    MARKS,
    OFFERED,
    PAGE,
    PROGRESS,
    RIGHTS,
    SCENARIO,
    SOURCE_MARKS,
    SOURCES,
    TABLE,
)

__all__ = [
    "ADDRESS",
    "ALIGNMENT",
    "AUDIT",
    "AUDIT_COLUMNS",
    "AUDIT_COUNTS",
    "AUDIT_PAGE",
    "CARDS",
    "CONTROLS",
    "DOWNLOAD",
    "ERRORS",
    "FILES",
    "FRAME",
    "FRONTIER",
    "FUNDED_NAMES",
    "GAP",
    "GAP_CHARTS",
    "GAP_NAMES",
    "GRANTS",
    "HOME",
    "HTTP_ERRORS",
    "LOGIN",
    "LORENZ",
    "LORENZ_BY",
    "LORENZ_WHO",
    "MAP",
    "MAP_SHOWN",
    "MARKS",
    "OFFERED",
    "PAGE",
    "PROGRESS",
    "RIGHTS",
    "SCENARIO",
    "SOURCES",
    "SOURCE_MARKS",
    "STAGES",
    "STAGE_PHRASES",
    "TABLE",
]
