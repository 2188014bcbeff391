"""What is built: one distribution, and nothing by accident."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="only a source tree is built"
)

PACKAGES = {
    "clm_bridge",
    "clm_bridge_coupa",
    "clm_bridge_spotdraft",
    "clm_bridge_tomorro",
}

VENDORS = ("coupa", "spotdraft", "tomorro")

SOURCES = {
    "clm_bridge": "clm_bridge",
    **{f"adapters/clm_bridge_{name}": f"clm_bridge_{name}" for name in VENDORS},
    **{f"cassettes/{name}": f"clm_bridge_{name}/cassettes" for name in VENDORS},
}
"""Where the wheel has each folder of the tree."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Build the source distribution, and the wheel from it."""
    target = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target)]
    subprocess.run([*words, str(ROOT)], check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def wheel(dist):
    [path] = dist.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_installs_the_four_packages_and_nothing_else(wheel):
    """No adapters, tests or docs reach site-packages."""
    tops = {name.split("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES


def test_the_wheel_holds_every_file_of_its_packages_and_their_cassettes(wheel):
    """Nothing that the tests of the tree saw is missing where it is installed."""
    expected = {
        f"{there}/{path.relative_to(ROOT / here).as_posix()}"
        for here, there in SOURCES.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {name.split("/")[0] for name in expected} == PACKAGES
    assert expected <= set(wheel.namelist())


def test_every_package_says_that_it_is_typed(wheel):
    """Each has its py.typed."""
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(wheel.namelist())


def test_the_entry_points_name_the_three_vendors(wheel):
    """A vendor's entry point is its package; the command and the plugin are there."""
    [name] = [one for one in wheel.namelist() if one.endswith("entry_points.txt")]

    lines = wheel.read(name).decode().splitlines()

    assert "spotdraft = clm_bridge_spotdraft" in lines
    assert "tomorro = clm_bridge_tomorro" in lines
    assert "coupa = clm_bridge_coupa" in lines
    assert "clm-bridge = clm_bridge.cli:main" in lines


def test_the_licence_travels_along(wheel):
    """The wheel carries the full text."""
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_source_distribution_holds_the_adapters_and_tests(dist):
    """Whoever packages it further can test it."""
    [path] = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        inner = {name.partition("/")[2] for name in archive.getnames()}

    assert "adapters/clm_bridge_coupa/_adapter.py" in inner
    assert "tests/test_packaging.py" in inner
