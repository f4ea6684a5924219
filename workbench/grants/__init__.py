"""Performance grants to the 47 counties: who gets how much, and why."""

from workbench.grants.design import Design
from workbench.grants.load import design_names, load_design
from workbench.grants.model import GrantsResult, grants

__all__ = ["Design", "GrantsResult", "design_names", "grants", "load_design"]
