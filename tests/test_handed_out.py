"""A link that a vendor hands out leads over https, or nowhere."""

from __future__ import annotations

import json

import httpx
import pytest

from clm_bridge import PayloadError

from .paper import DOCUMENT, Paper, Script

PDF = b"%PDF-1.7 canary"
LOCAL = "http://127.0.0.1:8101/api/"


def fetch(connect, url, to, *, base_url=None):
    """Download from a link; return what was asked on the way."""
    told = json.dumps({"url": url}).encode()
    script = Script(httpx.Response(200, content=told), httpx.Response(200, content=PDF))
    adapter = Paper(base_url=base_url) if base_url else None
    bridge = connect(script, adapter)
    try:
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, to))
    finally:
        assert len(script.asked) == 1 + len([*to.iterdir()])
    return script.asked


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/a",
        "http://127.0.0.1/a",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "ftp://files.example/a",
        "gopher://files.example/a",
        "data:application/pdf,canary",
        "javascript:alert(1)",
        "//files.example/a",
        "/files/a",
        "files/a",
        "",
        "https:",
        "https:///a",
        "https://paper.example@evil.example/a",
        "https://user:canary@files.example/a",
        "https://[::1",
        "https://files.example/\r\nx: y",
        "https://files.example/\udc80",
        f"https://files.example/{'a' * 70_000}",
    ],
)
def test_a_link_is_https_or_refused(connect, tmp_path, url):
    """Nothing is asked of it, the error does not show it, and no file is left."""
    with pytest.raises(PayloadError, match="the link for GET file is not") as caught:
        fetch(connect, url, tmp_path)
    assert "example/" not in str(caught.value)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8101/a", "http://localhost/a", "http://[::1]:9/a"]
)
def test_a_sandbox_on_loopback_hands_out_its_own_links(connect, tmp_path, url):
    """Its connection is plain http already."""
    _, fetched = fetch(connect, url, tmp_path, base_url=LOCAL)

    assert str(fetched.url) == url


@pytest.mark.parametrize(
    "url", ["http://files.example/a", "http://10.0.0.1/a", "file:///etc/passwd"]
)
def test_a_sandbox_leads_nowhere_else_without_tls(connect, tmp_path, url):
    """Loopback is the whole exception."""
    with pytest.raises(PayloadError, match="is not"):
        fetch(connect, url, tmp_path, base_url=LOCAL)
