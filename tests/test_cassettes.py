"""Every file in the folder of cassettes is one that may be there."""

from __future__ import annotations

import ast
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from clm_bridge._hooks import adapter_class, load, vendors
from clm_bridge.adapter import CAPABILITIES
from clm_bridge.testing.cassettes import _model, cassettes, dumps, sightings
from clm_bridge.testing.cassettes import load as read

from .canaries import CANARIES

TESTS = Path(__file__).parent
FOLDER = TESTS.parent / "cassettes"
FILES = [*cassettes(FOLDER)]
TOO_OLD = 180
"""Days after which what was recorded from a vendor is proof no more."""

every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def replayed(folder):
    """The cassettes that the tests of a vendor are named after, or name."""
    found = defaultdict(set)
    for path in sorted(folder.glob("test_cassettes*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[marked(node) or node.name.removeprefix("test_")].add(path.name)
    return found


def marked(test):
    """The cassette that a test's marker names."""
    for one in test.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func).endswith(
            "default_cassette"
        ):
            return ast.literal_eval(one.args[0])
    return None


@every_file
def test_it_says_where_it_comes_from(path):
    """Vendor and case are folder and file; operations exist; provenance is stated."""
    told = read(path).metadata

    assert (told.vendor, told.case) == (path.parent.name, path.stem)
    assert set(told.operations) <= set(CAPABILITIES)
    offered = adapter_class(load(told.vendor), told.vendor).capabilities()
    assert set(told.operations) <= offered
    assert told.day <= date.today()  # noqa: DTZ011  # days are compared


@every_file
def test_it_is_written_as_it_would_be_written(path):
    """Writing what was read gives the same bytes; the file is small."""
    text = path.read_bytes()

    assert dumps(read(path)).encode() == text, "clm-bridge cassettes check --fix"
    assert len(text) < _model.LARGEST


@every_file
def test_it_holds_no_secret(path):
    """Neither one of the tests' nor anything that looks like one, however spelled."""
    assert [*sightings(path.read_text(encoding="utf-8"), CANARIES)] == []


@every_file
def test_it_is_replayed(path):
    """A test is named after it; and a test fails unless all of it is asked for."""
    assert path.stem in replayed(TESTS / path.parent.name)


@pytest.mark.parametrize("vendor", sorted(vendors()))
def test_each_test_has_its_cassette(vendor):
    """No test replays what is not there."""
    here = {path.stem for path in FILES if path.parent.name == vendor}

    assert set(replayed(TESTS / vendor)) <= here


@every_file
def test_it_is_not_too_old(path):
    """What a vendor said half a year ago is recorded again."""
    told = read(path).metadata
    age = (date.today() - told.day).days  # noqa: DTZ011  # days are compared

    assert told.provenance != "live" or age <= TOO_OLD


def test_no_cassette_is_live():
    """No vendor's workspace was used so far; this goes when one was."""
    assert not [path for path in FILES if read(path).metadata.provenance == "live"]
