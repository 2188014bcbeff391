"""The machine that replays: what passes, and each way to fail."""

from __future__ import annotations

import pytest

from clm_bridge.testing.cassettes import write

pytest_plugins = ("pytester",)

ME = "https://api.demo.tomorro.com/v2/contracts"
TEST = """
from clm_bridge.testing.cassettes import Cassettes

class TestCassettes(Cassettes):
    vendor = "tomorro"
    settings = {{"environment": "demo"}}

    def test_one(self, clm):
        {work}
"""
ONCE = "clm.contracts.list(detail='summary').first()"


@pytest.fixture
def run(pytester):
    """Replay one cassette, in which one request is answered, by a test of one line."""

    def replayed(work=ONCE, *words, folder="tomorro", uri=ME, **asked):
        query = {"limit": 50, "sort": "-createdAt"}
        request = {"method": "GET", "uri": uri, "query": query, **asked}
        answer = {"contracts": [], "hasNext": False, "hasPrevious": False}
        write(
            pytester.path / "cassettes" / folder / "one.yaml",
            {
                "vendor": "tomorro",
                "operations": ["contracts.list"],
                "provenance": "sandbox",
                "recorded_at": "2026-11-25",
            },
            [
                {
                    "request": request,
                    "response": {"status": 200, "body": {"json": answer}},
                }
            ],
        )
        pytester.makepyfile(test_it=TEST.format(work=work))
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *words)

    return replayed


def test_both_bridges_replay_it(run):
    """One test, two colours; and the network is blocked."""
    run(ONCE, "--block-network").assert_outcomes(passed=2)


def test_what_is_not_asked_for_is_a_fault(run):
    """A cassette holds nothing that proves nothing."""
    done = run("pass")

    done.assert_outcomes(passed=2, errors=2)
    done.stdout.fnmatch_lines(["*holds what this test does not ask for*"])


UNMATCHED = {
    "clm_query": {"query": {"limit": 50, "sort": ""}},
    "clm_headers": {"headers": {"tomorro-version": "1"}},
    "clm_body": {"body": {"json": {}}},
    "host": {"uri": ME.replace("demo", "other")},
    "path": {"uri": ME + "/"},
    "method": {"method": "PUT"},
}


@pytest.mark.parametrize("what", UNMATCHED)
def test_a_request_must_match(what, run):
    """In each part; the failure says in which one it does not."""
    done = run(**UNMATCHED[what])

    done.assert_outcomes(failed=2, errors=2)
    done.stdout.fnmatch_lines([f"*the closest differ in {what}*"])


def test_a_second_request_needs_a_second_answer(run):
    """An interaction is played once."""
    run(f"{ONCE}; {ONCE}").assert_outcomes(failed=2)


def test_a_test_without_a_cassette_is_a_fault(run, pytester):
    """Nothing passes because nothing was there."""
    (pytester.path / "cassettes" / "tomorro").mkdir(parents=True)

    run(folder="elsewhere").assert_outcomes(errors=2)


def test_nothing_is_recorded_from_here(run, pytester):
    """A mode of vcrpy's own does not overwrite what documents say."""
    path = pytester.path / "cassettes" / "tomorro" / "one.yaml"

    run(ONCE, "--record-mode=all").assert_outcomes(skipped=2)

    assert "clm-cassette/1" in path.read_text()


def test_cassettes_of_others_stay_theirs(pytester):
    """A user's own use of vcrpy reads and writes as it did."""
    pytester.makepyfile(
        test_it="""
        import httpx, pytest

        @pytest.mark.vcr
        def test_mine():
            assert httpx.get("http://paper.example/").text == "fine"
        """
    )
    theirs = pytester.path / "cassettes" / "test_it" / "test_mine.yaml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text(
        "interactions:\n"
        "- request: {body: '', headers: {}, method: GET, uri: 'http://paper.example/'}\n"
        "  response:\n"
        "    {body: {string: fine}, headers: {}, status: {code: 200, message: OK}}\n"
        "version: 1\n"
    )

    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
