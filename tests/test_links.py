"""The link index: which contract carries which external id, as far as was read."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from clm_bridge import (
    ConfigError,
    Contract,
    ExternalLink,
    Facet,
    MemoryLinks,
    Source,
    SqliteLinks,
    Status,
)

THEN = datetime(2026, 1, 31, 12, tzinfo=UTC)


def contract(id, *links, loaded=(Facet.EXTERNAL_LINKS,)):
    told = [ExternalLink("erp", "po", link) for link in links]
    return Contract(
        id, "Deal", Status.DRAFT, Source("paper"), external_links=told, loaded=loaded
    )


@pytest.fixture(params=["memory", "sqlite"])
def index(request, tmp_path):
    """Either kind: every fact holds for both."""
    if request.param == "memory":
        yield MemoryLinks()
        return
    made = SqliteLinks(tmp_path / "links" / "acme.db", "acme")
    yield made
    made.close()


def test_what_was_read_is_found(index):
    """By any of the ids that it carries."""
    index.remember([contract("7", "po-1", "po-2"), contract("8", "po-3")])

    found = [index.find(one) for one in ("po-1", "po-2", "po-3")]
    assert found == [["7"], ["7"], ["8"]]


def test_what_was_never_read_is_not_found(index):
    """The index knows what was read, and no more."""
    assert index.find("po-1") == []


def test_an_external_id_may_be_on_several_contracts(index):
    """Nothing makes it unique."""
    index.remember([contract("7", "po-1"), contract("8", "po-1")])

    assert sorted(index.find("po-1")) == ["7", "8"]


def test_reading_again_replaces(index):
    """A link that was taken off is forgotten."""
    index.remember([contract("7", "po-1")])
    index.remember([contract("7", "po-2")])

    assert (index.find("po-1"), index.find("po-2")) == ([], ["7"])


def test_a_contract_without_links_is_forgotten_too(index):
    """It was read, and carries none."""
    index.remember([contract("7", "po-1")])
    index.remember([contract("7")])

    assert index.find("po-1") == []


def test_links_that_were_not_fetched_say_nothing(index):
    """A summary without links does not wipe out what is known."""
    index.remember([contract("7", "po-1")])
    index.remember([contract("7", loaded=())])

    assert index.find("po-1") == ["7"]


def test_a_contract_twice_on_a_page_is_once(index):
    """Records that move while pages are walked come twice; the later one counts."""
    index.remember([contract("7", "po-1", "po-1"), contract("7", "po-2", "po-2")])

    assert (index.find("po-1"), index.find("po-2")) == ([], ["7"])


def test_a_deleted_contract_is_forgotten(index):
    """Also one that was never known."""
    index.remember([contract("7", "po-1")])
    index.forget("7")
    index.forget("8")

    assert index.find("po-1") == []


def test_it_says_when_it_was_built(index):
    """And that it never was."""
    assert index.built_at() is None
    index.mark_built(THEN)
    assert index.built_at() == THEN
    index.mark_built(THEN.replace(year=2027))
    assert index.built_at() == THEN.replace(year=2027)


def test_threads_may_share_it(index):
    """Eight at once, on the same contracts."""

    def work(number):
        for turn in range(25):
            index.remember([contract(str(turn), f"po-{turn}")])
            index.find(f"po-{number}")
            index.mark_built(THEN)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert [index.find(f"po-{turn}") for turn in range(25)] == [
        [str(turn)] for turn in range(25)
    ]


def test_a_file_is_there_the_next_time(tmp_path):
    """What one program read, the next one finds."""
    path = tmp_path / "links.db"
    first = SqliteLinks(path, "acme")
    first.remember([contract("7", "po-1")])
    first.mark_built(THEN)
    first.close()
    second = SqliteLinks(path, "acme")

    assert (second.find("po-1"), second.built_at()) == (["7"], THEN)
    second.close()


def test_connections_do_not_mix_in_one_file(tmp_path):
    """Two workspaces may use the same ids."""
    acme, other = (SqliteLinks(tmp_path / "a.db", name) for name in ("acme", "other"))
    acme.remember([contract("7", "po-1")])
    other.remember([contract("7", "po-2")])
    acme.mark_built(THEN)
    other.forget("8")

    assert (acme.find("po-1"), other.find("po-1")) == (["7"], [])
    assert other.built_at() is None
    acme.close()
    other.close()


PROGRAM = """
import sys
from pathlib import Path
from clm_bridge import Contract, ExternalLink, Facet, Source, SqliteLinks, Status
index, name = SqliteLinks(Path(sys.argv[1]), "acme"), sys.argv[2]
for number in range(100):
    links = [ExternalLink(None, None, f"po-{name}-{number}")]
    index.remember([Contract(
        f"{name}-{number}", "Deal", Status.DRAFT, Source("paper"),
        external_links=links, loaded={Facet.EXTERNAL_LINKS},
    )])
index.close()
"""


def test_processes_may_share_a_file(tmp_path):
    """Several at once open it, make it, and write it; nothing is lost."""
    path, names = tmp_path / "links.db", ("a", "b", "c")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path), name], stderr=subprocess.PIPE
        )
        for name in names
    ]
    failed = [one.communicate()[1].decode() for one in running]
    index = SqliteLinks(path, "acme")
    found = [
        index.find(f"po-{name}-{number}") for name in names for number in range(100)
    ]
    index.close()

    assert failed == ["", "", ""]
    assert found == [[f"{name}-{number}"] for name in names for number in range(100)]


def test_a_file_that_cannot_be_opened_is_a_config_error(tmp_path):
    """It names the file, and the setting to change."""
    (tmp_path / "links.db").write_bytes(b"this is no database at all" * 99)

    with pytest.raises(ConfigError, match=r"links\.db cannot be opened.*'links'"):
        SqliteLinks(tmp_path / "links.db", "acme")


def test_a_folder_that_cannot_be_made_is_a_config_error(tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "file").touch()

    with pytest.raises(ConfigError, match="cannot be opened"):
        SqliteLinks(tmp_path / "file" / "links.db", "acme")


OWN = ExternalLink("erp", "po", "po-9", "https://erp.example/po-9")


def test_a_link_that_was_stated_outlives_readings(index):
    """The vendor has no place for it, so reading the contract does not take it off."""
    index.state("7", OWN)
    index.remember([contract("7", "po-1")])

    assert (index.find("po-9"), index.find("po-1")) == (["7"], ["7"])
    assert list(index.stated("7")) == [OWN]
    assert list(index.stated("8")) == []


def test_a_stated_link_is_replaced_and_dropped(index):
    """One for a contract."""
    index.state("7", OWN)
    index.state("7", ExternalLink(None, None, "po-10"))

    assert (index.find("po-9"), index.find("po-10")) == ([], ["7"])
    assert (index.unstate("7"), index.unstate("7")) == (True, False)
    assert index.find("po-10") == []


def test_a_contract_that_is_gone_takes_its_stated_link_along(index):
    """Nothing is left to find it by."""
    index.state("7", OWN)
    index.forget("7")

    assert index.find("po-9") == []


LATER = THEN.replace(minute=5)


def test_a_beginning_is_noted_once(index):
    """Whoever comes later learns when it was."""
    assert index.begin("po-1", THEN) is None
    assert index.begin("po-1", LATER) == THEN
    assert index.begin("po-2", LATER) is None


def test_what_ended_may_begin_again(index):
    """One way or the other, it is decided."""
    index.begin("po-1", THEN)
    index.end("po-1")

    assert index.begin("po-1", LATER) is None


def test_a_beginning_is_taken_over_by_one(index):
    """Of two that found the same, the second finds another."""
    index.begin("po-1", THEN)

    assert index.take_over("po-1", THEN, LATER)
    assert not index.take_over("po-1", THEN, LATER.replace(minute=9))
    assert index.begin("po-1", LATER) == LATER


BEGIN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from clm_bridge import SqliteLinks

links = SqliteLinks(Path(sys.argv[1]), "acme")
then = datetime(2026, 1, 31, tzinfo=UTC)
sys.stdin.readline()
for number in range(200):
    if links.begin(f"po-{number}", then) is None:
        print(number)
"""


def test_of_several_processes_one_begins(tmp_path):
    """Each of two hundred ids is begun by exactly one of four processes."""
    path = tmp_path / "links.db"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for one in running:
        one.stdin.write("\n")
        one.stdin.flush()
    told = [one.communicate()[0].split() for one in running]

    assert [one.returncode for one in running] == [0] * 4
    assert sorted(int(own) for several in told for own in several) == [*range(200)]


def test_a_file_that_breaks_is_said_in_our_own_words(tmp_path):
    """It is an error of the library's, with the file's name."""
    path = tmp_path / "links.db"
    index = SqliteLinks(path, "acme")
    index._database.execute("DROP TABLE begun")

    with pytest.raises(ConfigError, match=r"links\.db cannot be used: no such table"):
        index.begin("po-1", THEN)
    index.close()
