"""Ensembles: draw what is not known many times, and see what becomes of the answer."""

from workbench.scenarios.ensembles.distributions import (
    DISTRIBUTIONS,
    Chance,
    Dirichlet,
    Distribution,
    Empirical,
    Lognormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
)
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.front import ensemble
from workbench.scenarios.ensembles.robust import Robustness, robustness
from workbench.scenarios.ensembles.sensitivity import Sensitivity, sensitivity

__all__ = [
    "DISTRIBUTIONS",
    "Chance",
    "Dirichlet",
    "Distribution",
    "Empirical",
    "Ensemble",
    "Lognormal",
    "Normal",
    "Pert",
    "Robustness",
    "Sensitivity",
    "Triangular",
    "Uniform",
    "ensemble",
    "robustness",
    "sensitivity",
]
