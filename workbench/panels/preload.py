"""Everything that a dashboard's kernel needs, imported by one name before a kernel is forked."""

import workbench.panels.chart
import workbench.panels.page  # noqa: F401
