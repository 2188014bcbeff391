"""A download is sent on a few times at most, and says little on the way."""

from __future__ import annotations

import pytest

from clm_bridge import ConnectionFailed, DownloadError, NotFound, Rejected, VendorDown
from clm_bridge.adapter import Request, get

from .paper import CANARY, DOCUMENT, ORIGIN, Paper, Script, answer, streamed

LINK = {"url": "https://files.example/a"}
ELSEWHERE = "https://other.example/b"


def moved(location, status=302, **more):
    return answer(status=status, headers={"location": location, **more})


def fetch(connect, tmp_path, *answers, adapter=None):
    """Download; return the requests after the one for the link."""
    script = Script(*answers)
    bridge = connect(script, adapter)
    try:
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))
    finally:
        fetch.asked = script.asked
    return script.asked


class Signed(Paper):
    """Sends files itself, to whoever shows credentials."""

    async def download_document(self, document):
        return get("documents/{id}/file", id=document.id)


class Asking(Paper):
    """Wants a body before it sends a file."""

    async def download_document(self, document):
        return Request("POST", "file", json={"a": CANARY}, safe=True)


def test_three_hops_are_followed(connect, tmp_path):
    """Storages hand over to each other."""
    hops = [moved(f"https://files.example/{one}") for one in range(3)]
    asked = fetch(connect, tmp_path, answer(LINK), *hops, streamed(b"%PDF"))

    assert [one.url.path for one in asked[1:]] == ["/a", "/0", "/1", "/2"]
    assert (tmp_path / "Deal.pdf").exists()


def test_a_circle_ends_in_an_error(connect, tmp_path):
    """Four requests, and no file."""
    with pytest.raises(DownloadError, match="redirected more than 3 times"):
        fetch(connect, tmp_path, answer(LINK), *[moved("/a") for _ in range(4)])
    assert len(fetch.asked) == 5
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "location",
    [None, "", "https://a@b/", "ftp://a/", "file:///etc/passwd", "http://a/", "//a@b/"],
)
def test_a_redirect_to_nowhere_ends_in_an_error(connect, tmp_path, location):
    """One that is no address, or not https."""
    hop = answer(status=302) if location is None else moved(location)

    with pytest.raises(DownloadError, match="where no file may come from"):
        fetch(connect, tmp_path, answer(LINK), hop)
    assert len(fetch.asked) == 2


def test_a_redirect_that_cannot_be_read_is_a_broken_answer(connect, tmp_path):
    """The client below looks at it first."""
    with pytest.raises(ConnectionFailed):
        fetch(connect, tmp_path, answer(LINK), *[moved("https://[::1")] * 3)
    assert [*tmp_path.iterdir()] == []


def test_credentials_stay_when_a_file_moves(connect, tmp_path):
    """They go with it on the vendor's origin, and end where that ends."""
    hops = [moved("/api/new"), moved(ELSEWHERE), moved(f"{ORIGIN}/api/back")]
    asked = fetch(connect, tmp_path, *hops, streamed(b"%PDF"), adapter=Signed())

    keys = [one.headers.get("x-key") for one in asked]
    assert keys == [CANARY, CANARY, None, None]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_body_is_not_sent_again(connect, tmp_path, status):
    """What was asked with a body is looked for without."""
    hop = moved(ELSEWHERE, status)
    asked = fetch(connect, tmp_path, hop, streamed(b"%PDF"), adapter=Asking())

    assert [one.method for one in asked] == ["POST", "GET"]
    assert asked[1].content == b""
    assert "content-type" not in asked[1].headers


@pytest.mark.parametrize("status", [307, 308])
def test_a_body_that_would_be_sent_again_is_refused(connect, tmp_path, status):
    """Nothing further is asked."""
    with pytest.raises(DownloadError, match="redirected with its body"):
        fetch(connect, tmp_path, moved(ELSEWHERE, status), adapter=Asking())
    assert len(fetch.asked) == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refusal_elsewhere_is_not_the_vendors(connect, tmp_path, status):
    """It says nothing about the credentials, which were not there."""
    with pytest.raises(DownloadError, match=f"answered {status} there"):
        fetch(connect, tmp_path, answer(LINK), moved(ELSEWHERE), answer(status=status))
    assert len(fetch.asked) == 3


def test_a_refusal_by_the_vendor_is_its_own(connect, tmp_path):
    """Also after a step on its own origin."""
    hops = moved("/api/new"), answer(status=404)

    with pytest.raises(NotFound):
        fetch(connect, tmp_path, *hops, adapter=Signed())


def test_a_failure_elsewhere_is_tried_from_the_beginning(connect, tmp_path):
    """A storage that is busy may be another the next time."""
    busy = moved(ELSEWHERE), answer(status=503)
    with pytest.raises(VendorDown):
        fetch(connect, tmp_path, answer(LINK), *busy * 3)

    hosts = [one.url.host for one in fetch.asked[1:]]
    assert hosts == ["files.example", "other.example"] * 3


@pytest.mark.parametrize("status", [300, 304, 305])
def test_other_statuses_are_not_followed(connect, tmp_path, status):
    """They name no place where the file is."""
    with pytest.raises(Rejected):
        fetch(connect, tmp_path, answer(LINK), moved(ELSEWHERE, status))
    assert len(fetch.asked) == 2


def test_a_redirects_own_body_is_not_the_file(connect, tmp_path):
    """Only what comes in the end is written."""
    hop = streamed(b"<html>moved", status=302, location=ELSEWHERE)
    fetch(connect, tmp_path, answer(LINK), hop, streamed(b"%PDF"))

    assert (tmp_path / "Deal.pdf").read_bytes() == b"%PDF"
