"""The journal: what a kill leaves of it, who may have it, and whose it is."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import ConfigError
from clm_bridge.moving import Entry, Journal

ABOUT = {"from": {"vendor": "a"}, "to": {"vendor": "b"}}
THEN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.ndjson"


def written(path):
    """Write a journal of four contracts."""
    with Journal.open(path, ABOUT) as journal:
        journal.began("1", THEN)
        journal.note("created", "1", target="B1", lost=["term: gone"])
        journal.began("2", THEN)
        journal.note("refused", "2", why=["no", "way"])
        journal.began("3", THEN)
        journal.began("4", THEN)
        journal.note("made", "4", target="B4")


def test_a_journal_tells_what_was_written(path):
    """The last fact on each contract, and what led to it."""
    written(path)

    with Journal.open(path, ABOUT) as journal:
        assert journal.entries == {
            "1": Entry("1", "created", THEN, "B1", (), ("term: gone",)),
            "2": Entry("2", "refused", None, None, ("no", "way")),
            "3": Entry("3", "began", THEN),
            "4": Entry("4", "made", THEN, "B4"),
        }
        assert journal.open_keys() == ["3", "4"]
        assert journal.taken("1") == {"B4"}


def test_each_fact_is_a_line_of_json(path):
    """The first line says whose journal it is."""
    written(path)

    head, *facts = map(json.loads, path.read_text(encoding="utf-8").splitlines())

    assert head == {"journal": 1, **ABOUT}
    assert facts[0] == {"fact": "began", "id": "1", "at": THEN.isoformat()}


def test_an_attempt_began_when_it_first_did(path):
    """However often it is taken up again."""
    with Journal.open(path, ABOUT) as journal:
        journal.began("1", THEN)

        assert journal.began("1", datetime.now(UTC)) == THEN
        journal.note("failed", "1")
        assert not journal.entry("1").is_open


def test_wherever_a_kill_tears_the_file_it_is_read(tmp_path):
    """A line that is not whole is as if it was never written."""
    path = tmp_path / "whole"
    written(path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        torn = tmp_path / "torn"
        torn.write_bytes(whole[:size])

        with Journal.open(torn, ABOUT) as journal:
            journal.note("refused", "9")

        lines = torn.read_bytes().splitlines()
        kept = max(1, whole[:size].count(b"\n"))
        assert lines[:kept] == whole.splitlines()[:kept]
        assert len(lines) == kept + 1


@given(st.text(), st.text())
def test_any_text_comes_back(tmp_path_factory, key, why):
    """Ids and reasons are the vendors'; half a character is no fault."""
    path = tmp_path_factory.mktemp("journal") / "file"
    with Journal.open(path, ABOUT) as journal:
        journal.note("refused", key, why=[why])
    with Journal.open(path, ABOUT) as journal:
        assert journal.entry(key).why == (why,)


HOLDER = """
import sys
from clm_bridge.moving import Journal
with Journal.open(sys.argv[1], {}):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_has_it_at_a_time(path):
    """Another is refused at once, and may have it when that one ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConfigError, match="is in use by another process"):
            Journal.open(path, {})
        holder.kill()
        holder.wait()

    with Journal.open(path, {}) as journal:
        assert not journal.entries


def test_a_journal_of_another_way_is_refused(path):
    """What it says was done elsewhere."""
    written(path)

    with pytest.raises(ConfigError, match="is of something else"):
        Journal.open(path, {**ABOUT, "to": {"vendor": "c"}})


@pytest.mark.parametrize("line", ["no JSON", "[]", '{"fact":"sold","id":"1"}', "{}"])
def test_what_is_no_journal_is_refused(path, line):
    """By the line, and nothing is written to it."""
    written(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    before = path.read_bytes()

    with pytest.raises(ConfigError, match="is no fact of a journal"):
        Journal.open(path, ABOUT)
    assert path.read_bytes() == before


def test_a_journal_that_cannot_be_opened_is_an_error(tmp_path):
    """A folder is no journal."""
    with pytest.raises(ConfigError, match="cannot be opened"):
        Journal.open(tmp_path, ABOUT)
