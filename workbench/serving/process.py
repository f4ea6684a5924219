"""What the server's own process is given before it serves: its environment, its limits, its log."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

from workbench.serving.places import TEMPLATE_ROOT

OPEN_FILES: Final = 10_000


def prepare_environment(scratch: Path) -> None:
    """Point Jupyter to our template, and keep a user's own IPython start-up files out of the viewers' kernels."""
    paths = [str(TEMPLATE_ROOT), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
    os.environ["IPYTHONDIR"] = str(scratch / "ipython")


def allow_open_files() -> None:
    """Allow more open files than the usual thousand: a viewer has some sixteen, to his browser and to his kernel."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def log_failed_cells() -> None:
    """Have what makes a page say in the log why a cell failed: Voila tells it to a logger that nobody listens to."""
    faults = logging.StreamHandler()
    faults.setLevel(logging.ERROR)
    logging.getLogger("traitlets").addHandler(faults)
