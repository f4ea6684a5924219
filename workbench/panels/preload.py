"""Everything that a dashboard's kernel needs, imported by one name before a kernel is forked."""

import workbench.panels.alignment
import workbench.panels.audit
import workbench.panels.gap
import workbench.panels.grants
import workbench.panels.own
import workbench.panels.scenarios  # noqa: F401 - imported to be there
