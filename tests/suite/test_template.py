"""An adapter for another vendor: from the template to a green suite."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from clm_bridge.cli._app import app

WIRE = """
    ends: Day | None = wire(to="key_dates.expires_on", default=None)


READING"""
LOST = (
    "parties",
    "number",
    "type",
    "template",
    "owner",
    "people",
    "relations",
    "value",
    "external_link",
    "term",
    "fields",
    "key_dates.created_at",
    "key_dates.updated_at",
    "key_dates.sent_at",
    "key_dates.signed_on",
    "key_dates.executed_on",
    "key_dates.effective_on",
    "key_dates.published_on",
    "key_dates.terminated_on",
)
LOSSES = "".join(
    f'        Loss("{path}", "Acme has no place for it"),\n' for path in LOST
)
FINISHING = {
    "_wire.py": [
        ("import Id,", "import Day, Id,"),
        ("\n\nREADING", WIRE),
    ],
    "_adapter.py": [
        (
            "Mapping[str, Status]] = {}",
            "Mapping[str, Status]] = {\n"
            "    one.value: one for one in Status if one is not Status.UNKNOWN\n    }",
        ),
        ("Loss, ...] = ()", f"Loss, ...] = (\n{LOSSES}    )"),
        ("    Adapter,", "    FULL,\n    Adapter,"),
        ("    Loss,", "    InvalidInput,\n    KeyDates,\n    Loss,"),
        (
            "        page = int(cursor or 1)",
            "        if cursor is not None and not cursor.isdecimal():\n"
            '            raise InvalidInput(f"{cursor!r} is not a cursor")\n'
            "        page = int(cursor or 1)",
        ),
        (
            "status=row.status),\n        )",
            "status=row.status),\n            "
            "key_dates=KeyDates(expires_on=row.ends),\n"
            "            loaded=FULL,\n        )",
        ),
    ],
}
"""What an author writes: the table, the keys that are read, and what is lost."""


@pytest.fixture
def project(tmp_path):
    """A folder in which the template was rendered by the program."""
    folder = tmp_path / "acme"
    words = ["new-adapter", "acme", "--into", str(folder)]
    done = CliRunner().invoke(app, words, catch_exceptions=False)

    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 8
    return folder


def suite(folder):
    """Run the project's own tests with nothing installed; return code and words."""
    words = ["-q", "-rs", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "--rootdir", str(folder), "tests"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_new_adapter_is_red_in_a_helpful_way(project):
    """It can be read, and each failure says which rule asks for what."""
    code, said = suite(project)

    assert code == 1
    failed = {*re.findall(r"^(MUST-[A-Z]+-\d+) \[", said, re.M)}
    assert {"MUST-STATUS-1", "MUST-DATES-3", "MUST-GET-2", "MUST-LIST-9"} <= failed
    assert len(failed) < 15
    assert "it knows no word" in said
    assert "and was read as None" in said
    assert "not offered: contracts.create" in said


def test_what_is_missing_makes_it_green(project):
    """Without touching anything but the adapter's own files."""
    for name, changes in FINISHING.items():
        path = project / "clm_bridge_acme" / name
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    code, said = suite(project)

    assert code == 0, said[-3000:]
    assert "failed" not in said.splitlines()[-1]
    lines = (project / "clm_bridge_acme" / "_adapter.py").read_text().splitlines()
    assert len(lines) < 140


@pytest.mark.parametrize("name", ["Acme", "a-b", "1st", "../up", ""])
def test_a_name_is_an_identifier(name, tmp_path):
    """What cannot be a package is refused, and nothing is written."""
    words = ["new-adapter", "--into", str(tmp_path / "x"), "--", name]
    done = CliRunner().invoke(app, words)

    assert done.exit_code == 2
    assert not (tmp_path / "x").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    """Nothing is written over."""
    (tmp_path / "mine").write_text("mine")
    done = CliRunner().invoke(app, ["new-adapter", "acme", "--into", str(tmp_path)])

    assert done.exit_code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]
