"""R12: a file is there whole, as it was sent, in its folder, or it is not there."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import io
import os
import random
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

import httpx
import pytest
from attrs import evolve

from clm_bridge import AsyncBridge, Bridge, ClmError, DownloadError, Options
from clm_bridge._files import safe_name

from ..paper import DOCUMENT, Body, Paper, Script, answer, furnished, streamed
from ..test_files import HOSTILE

PDF = b"%PDF-1.7 the whole text, and nothing but the text"
LINK = {"url": "https://files.example/a"}
PACKED = gzip.compress(PDF)


def b64(digest):
    return base64.b64encode(digest).decode()


def checksums(body):
    """Each way in which a storage tells the checksum of *body*."""
    md5, sha1 = hashlib.md5(body).digest(), hashlib.sha1(body).digest()
    sha256, sha512 = hashlib.sha256(body).digest(), hashlib.sha512(body).digest()
    return {
        "content-md5": b64(md5),
        "x-goog-hash": f"crc32c=AAAAAA==, md5={b64(md5)}",
        "digest": f"sha-256={b64(sha256)},unixsum=30637",
        "Digest": f"SHA={b64(sha1)}",
        "repr-digest": f"sha-256=:{b64(sha256)}:",
        "content-digest": f"sha-512=:{b64(sha512)}:, sha-256=:{b64(sha256)}:",
        "x-amz-checksum-sha256": b64(sha256),
        "x-amz-checksum-sha1": b64(sha1),
        "x-amz-checksum-crc32": b64(zlib.crc32(body).to_bytes(4, "big")),
    }


RIGHT, WRONG = checksums(PDF), checksums(PDF + b" ")
UNTOLD = {
    "etag": '"0123456789abcdef0123456789abcdef"',
    "content-md5": "not base64",
    "x-amz-checksum-sha256": f"{b64(hashlib.sha256(b'parts').digest())}-3",
    "x-amz-checksum-crc32c": "AAAAAA==",
    "x-amz-checksum-crc32": "AAAA",
    "x-goog-hash": "crc32c=AAAAAA==",
    "digest": "id-sha-256=AAAA,contentmd5",
    "repr-digest": "blake3=:AAAA:",
}
"""What is no checksum of the whole, or none that is known."""


def sent(body, **headers):
    """An answer with this body off the wire."""
    return lambda _: httpx.Response(200, headers=headers, stream=Body(body))


def fetch(connect, given, to, **options):
    script = Script(answer(LINK), given)
    bridge = connect(script, options=Options(max_attempts=1, **options))
    return bridge.do(lambda clm: clm.documents.download(DOCUMENT, to))


@pytest.mark.parametrize("header", RIGHT)
def test_a_right_checksum_is_accepted(connect, tmp_path, header, tried):
    """Of every kind that the standard library computes."""
    found = fetch(connect, sent(PDF, **{header: RIGHT[header]}), tmp_path)

    assert found.path.read_bytes() == PDF
    tried(1, "right checksums")


BROKEN = {
    **{f"wrong {name}": sent(PDF, **{name: told}) for name, told in WRONG.items()},
    "short gzip": sent(PACKED[:-9], **{"content-encoding": "gzip"}),
    "gzip without its sum": sent(PACKED[:-8], **{"content-encoding": "gzip"}),
    "gzip with a wrong sum": sent(
        PACKED[:-8] + bytes(8), **{"content-encoding": "gzip"}
    ),
    "gzip and more": sent(PACKED + b"more", **{"content-encoding": "gzip"}),
    "no gzip": sent(PDF, **{"content-encoding": "gzip"}),
    "no deflate": sent(PDF, **{"content-encoding": "deflate"}),
    "zstandard": sent(PDF, **{"content-encoding": "zstd"}),
    "shorter than told": sent(PDF, **{"content-length": "500"}),
    "longer than told": sent(PDF, **{"content-length": "5"}),
    "half of it": streamed(PDF[:9], httpx.RemoteProtocolError("incomplete")),
    "reset": streamed(PDF[:9], httpx.ReadError("reset")),
    "too late": streamed(PDF[:9], httpx.ReadTimeout("late")),
    "a part": streamed(PDF, status=206, content_range="bytes 0-48/99"),
    "nothing": streamed(),
    "no content": streamed(status=204),
    "a login page": streamed(b"<!doctype html><title>Log in</title>"),
    "not there": streamed(b"<Error/>", status=404),
    "busy": streamed(b"<Error/>", status=503),
    "damaged archive": streamed(b"PK\x03\x04" + bytes(60)),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_not_there(connect, tmp_path, case, tried):
    """And the one that was there before still is."""
    (tmp_path / "Deal.pdf").write_bytes(b"before")
    with pytest.raises(ClmError):
        fetch(connect, BROKEN[case], tmp_path / "Deal.pdf")

    assert (tmp_path / "Deal.pdf").read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["Deal.pdf"]
    tried(1, "broken files")


@pytest.mark.parametrize("header", UNTOLD)
def test_what_is_no_checksum_is_passed_over(connect, tmp_path, header):
    """Unknown kinds, sums of parts, and what is not base64."""
    found = fetch(connect, sent(PDF, **{header: UNTOLD[header]}), tmp_path)

    assert found.path.read_bytes() == PDF


def test_a_checksum_is_of_the_bytes_as_sent(connect, tmp_path):
    """A file that is packed on its way has the checksum of the packed."""
    headers = {
        "content-encoding": "gzip",
        "content-md5": checksums(PACKED)["content-md5"],
    }
    found = fetch(connect, sent(PACKED, **headers), tmp_path)

    assert found.path.read_bytes() == PDF


def test_a_storage_that_unpacks_tells_another_files_checksum(connect, tmp_path):
    """One storage keeps files packed, and unpacks them as it sends them."""
    headers = {
        "x-goog-stored-content-encoding": "gzip",
        "x-goog-hash": checksums(PACKED)["x-goog-hash"],
    }
    found = fetch(connect, sent(PDF, **headers), tmp_path)

    assert found.path.read_bytes() == PDF


MORE_HOSTILE = ["conin$", "COM¹.pdf", "lpt².txt", "a:b", "a\tb", "-rf", "a" * 149 + "é"]


@pytest.mark.parametrize("rules", [PurePosixPath, PureWindowsPath])
def test_a_hostile_name_is_harmless(rules, tried):
    """By the rules of both kinds of system: one step, no device, no stream."""
    for name in (*HOSTILE, *MORE_HOSTILE):
        for found in (safe_name(name), safe_name(name) + ".pdf"):
            path = rules(found)
            assert path.parts == (found,)
            assert not path.is_reserved()
            assert found == found.rstrip(" .")
            assert ":" not in found
            assert found.isprintable()
            assert 0 < len(found.encode()) < 200
    tried(len(HOSTILE) + len(MORE_HOSTILE), "hostile names")


def test_a_link_in_the_files_place_is_replaced(connect, tmp_path, tried):
    """What it leads to, a file or nothing, is left alone."""
    (tmp_path / "in").mkdir()
    (tmp_path / "mine").write_bytes(b"mine")
    for name, leads in (("a", tmp_path / "mine"), ("b", tmp_path / "nowhere")):
        (tmp_path / "in" / name).symlink_to(leads)
        fetch(connect, sent(PDF), tmp_path / "in" / name)

        assert not (tmp_path / "in" / name).is_symlink()
        assert (tmp_path / "in" / name).read_bytes() == PDF
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()
    tried(2, "links in the file's place")


def archives(count):
    """Archives of one PDF, each with one byte changed."""
    draw = random.Random(12)
    for _ in range(count):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", draw.choice([0, 8, 12, 14])) as packed:
            packed.writestr(f"{'é' * draw.randrange(3)}a.pdf", PDF * draw.randrange(40))
        broken = bytearray(made.getvalue())
        for _ in range(draw.randrange(1, 4)):
            broken[draw.randrange(4, len(broken))] = draw.randrange(256)
        yield bytes(broken)


def test_a_damaged_archive_is_a_file_or_an_error_of_ours(
    connect, tmp_path, size, tried
):
    """Whichever byte is wrong; and nothing is left beside the file."""
    count = size(full=200, few=20)
    for given in archives(count):
        try:
            fetch(connect, sent(given), tmp_path / "a")
        except DownloadError:
            assert os.listdir(tmp_path) == []
        else:
            assert os.listdir(tmp_path) == ["a"]
            (tmp_path / "a").unlink()
    tried(count, "damaged archives")


class Stopped(BaseException):
    """What a keyboard does to a program."""


@pytest.mark.parametrize("when", range(4))
def test_a_program_that_is_stopped_leaves_nothing(tmp_path, when):
    """Whenever it is: before the answer, or after some of its pieces."""

    def handle(request):
        if request.url.host != "files.example":
            return answer(LINK)
        if when == 0:
            raise Stopped
        return streamed(*[b"%PDF"] * when, Stopped())(request)

    with (
        Bridge(furnished(Paper()), transport=httpx.MockTransport(handle)) as clm,
        pytest.raises(Stopped),
    ):
        clm.documents.download(DOCUMENT, tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("pieces", range(1, 12))
def test_a_download_that_is_cancelled_leaves_nothing(tmp_path, pieces, tried):
    """At every point at which it waits, also while the file is being finished."""

    async def cancelled():
        class Slow(httpx.AsyncByteStream):
            async def __aiter__(self):
                for _ in range(4):
                    await asyncio.sleep(0)
                    yield PDF * 1000

        def handle(request):
            if request.url.host != "files.example":
                return answer(LINK)
            return httpx.Response(200, stream=Slow())

        transport = httpx.MockTransport(handle)
        async with AsyncBridge(furnished(Paper()), transport=transport) as clm:
            task = asyncio.create_task(clm.documents.download(DOCUMENT, tmp_path))
            for _ in range(pieces):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            return task.cancelled()

    was_cancelled = asyncio.run(cancelled())

    whole = [one for one in os.listdir(tmp_path) if one == "Deal.pdf"]
    assert os.listdir(tmp_path) == whole  # it may have been in place already
    assert was_cancelled or whole
    assert all((tmp_path / one).read_bytes() == PDF * 4000 for one in whole)
    tried(1, "cancelled downloads")


def test_a_member_that_claims_to_be_small_is_cut(connect, tmp_path):
    """No more is unpacked than an archive says, whatever it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.pdf", PDF * 100)
    size = len(PDF * 100).to_bytes(4, "little")
    lying = made.getvalue().replace(size, (9).to_bytes(4, "little"))

    with pytest.raises(DownloadError, match="damaged"):
        fetch(connect, sent(lying), tmp_path)
    assert os.listdir(tmp_path) == []


def test_the_name_of_a_document_is_its_files(connect, tmp_path):
    """A test of the test: names reach the disk at all."""
    script = Script(answer(LINK), sent(PDF))
    document = evolve(DOCUMENT, name="../../Vertrag")
    bridge = connect(script)

    found = bridge.do(lambda clm: clm.documents.download(document, tmp_path))
    assert found.path == tmp_path / "Vertrag.pdf"
