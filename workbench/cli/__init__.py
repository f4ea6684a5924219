"""The command line: ``workbench COMMAND``."""

from workbench.cli.app import main

__all__ = ["main"]
