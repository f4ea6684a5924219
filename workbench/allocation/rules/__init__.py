"""One allocation rule a file; importing this room registers them all, in the order in which they are listed."""

from workbench.allocation.rules.proportional import proportional  # isort: split

from workbench.allocation.rules.adjusted_proportional import adjusted_proportional  # isort: split

from workbench.allocation.rules.constrained_equal_awards import constrained_equal_awards
from workbench.allocation.rules.constrained_equal_losses import constrained_equal_losses  # isort: split

from workbench.allocation.rules.constrained_egalitarian import constrained_egalitarian  # isort: split

from workbench.allocation.rules.talmud import talmud  # isort: split

from workbench.allocation.rules.reverse_talmud import reverse_talmud  # isort: split

from workbench.allocation.rules.piniles import piniles  # isort: split

from workbench.allocation.rules.minimal_overlap import minimal_overlap  # isort: split

from workbench.allocation.rules.random_arrival import SampledAwardsWarning, random_arrival  # isort: split

from workbench.allocation.rules.average_of_cea_and_cel import average_of_cea_and_cel
from workbench.allocation.rules.concede_and_divide import concede_and_divide
from workbench.allocation.rules.priority import priority

__all__ = [
    "SampledAwardsWarning",
    "adjusted_proportional",
    "average_of_cea_and_cel",
    "concede_and_divide",
    "constrained_egalitarian",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "minimal_overlap",
    "piniles",
    "priority",
    "proportional",
    "random_arrival",
    "reverse_talmud",
    "talmud",
]
