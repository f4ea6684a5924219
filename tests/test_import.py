"""Importing the workbench is light, and an installed wheel carries its figures with it."""

import os
import subprocess
import sys
import zipfile

import pytest

import workbench

HEAVY = (
    "plotly",
    "matplotlib",
    "ipywidgets",
    "anywidget",
    "jupyterlab",
    "jupyter_server",
    "voila",
    "tornado",
    "pandas",
)


def loaded_after(statement):
    code = f"{statement}\nimport sys; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_workbench_loads_no_chart_library_no_jupyter_and_no_web_server():
    assert loaded_after("import workbench").isdisjoint(HEAVY)


def test_the_command_line_loads_pandas_only_for_a_command_that_needs_it():
    assert loaded_after("from workbench.cli.app import build_app; build_app()").isdisjoint(HEAVY)


def test_measuring_a_gap_loads_no_solver():
    assert "scipy.optimize" not in loaded_after("import workbench as wb; wb.gap")


def test_the_front_page_lists_every_name_that_it_has():
    assert set(workbench.__all__) == {"__version__", *workbench._HOMES}
    assert {"align", "allocate", "fund", "gap", "grants", "open_package", "run", "stages"} <= set(dir(workbench))


def test_every_public_name_is_there_and_an_unknown_one_is_not():
    for name in workbench.__all__:
        assert getattr(workbench, name) is not None
    assert set(workbench.__all__) <= set(dir(workbench))
    with pytest.raises(AttributeError, match="no attribute 'gapp'"):
        _ = workbench.gapp


@pytest.mark.slow
def test_a_wheel_finds_its_data_outside_the_checkout(tmp_path, repository):
    """Build the wheel, unpack it elsewhere, and open the packages from there."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "data", "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "opm-strategic-plan: no fault" in done.stdout
    where = subprocess.run(
        [sys.executable, "-c", "from workbench.datasets import data_root; print(data_root())"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(tmp_path / "installed" / "workbench" / "_data")


@pytest.mark.parametrize("model", ["gap", "grants"])
def test_a_model_stays_a_function_whoever_imports_the_room_of_its_name(model):
    code = f"import workbench as wb; import workbench.{model}; from workbench import {model}; import types\n"
    code += f"assert isinstance(wb.{model}, types.FunctionType) and {model} is wb.{model}"
    subprocess.run([sys.executable, "-c", code], check=True)
