"""What the kernel manager asks of a kernel that the parent of all kernels forked."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from workbench.serving import provisioner
from workbench.serving.provisioner import ForkedProcess

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system has no handles of processes")


def test_a_kernel_is_asked_after_however_many_files_are_open(monkeypatch):
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most <= 2000:
        pytest.skip("this machine opens fewer files")
    monkeypatch.setattr(provisioner.NURSERY, "poll", lambda pid: 7)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        first = os.pidfd_open(program.pid)
        many = os.dup2(first, 2000)  # a handle as a server with many viewers gets them
        os.close(first)
        monkeypatch.setattr(provisioner, "_handle", lambda _pid: many)
        kernel = ForkedProcess(program.pid)
        assert kernel.poll() is None, "it runs"
        program.kill()
        program.wait()
        assert kernel.poll() == 7, "as its parent says"
