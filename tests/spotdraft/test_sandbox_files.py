"""The paper: a link that lives for a while, and the copy itself."""

from __future__ import annotations

from datetime import timedelta


def test_a_link_leads_to_the_file(api):
    """It needs no credentials, lives on this host and is a PDF."""
    told = api.post("/contracts/T-1002/download_link", {"format": "PDF"}).json
    answer = api.client.get(told["url"])

    assert told["url"].startswith("http://localhost/")
    assert told["file_name"].startswith("Signed ")
    assert told["file_name"].endswith(".pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_a_link_needs_no_body_and_takes_any_case(api):
    """The format is PDF unless told, and a playbook writes it small."""
    assert api.call("POST", "/contracts/T-1002/download_link").status_code == 200
    answer = api.post("/contracts/T-1002/download_link", {"format": "pdf"})

    assert answer.status_code == 200


def test_a_file_comes_in_ranges(api):
    """A part is a 206."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    answer = api.client.get(url, headers={"Range": "bytes=0-4"})

    assert answer.status_code == 206
    assert answer.data == b"%PDF-"


def test_a_link_dies_after_fifteen_minutes(api):
    """Then it is a 403, and another can be had."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    api.clock.advance(timedelta(minutes=14))

    assert api.client.get(url).status_code == 200

    api.clock.advance(timedelta(minutes=2))

    assert api.client.get(url).status_code == 403


def test_a_link_must_be_signed(api):
    """Without its signature it is worth nothing."""
    url = api.post("/contracts/T-1002/download_link").json["url"]

    assert api.client.get(url.partition("?")[0]).status_code == 403


def test_there_is_no_docx(api):
    """Asking for it is a 400, unless a PDF will do."""
    path = "/contracts/T-1002/download_link"
    fallback = {"format": "DOCX_WITH_FALLBACK_TO_PDF"}

    assert api.post(path, {"format": "DOCX"}).status_code == 400
    assert api.post(path, {"format": "ODT"}).json["format"]
    assert api.post(path, fallback).json["file_name"].endswith(".pdf")


def test_the_latest_copy_can_be_had_at_once(api):
    """The same bytes as behind the link."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    answer = api.post("/contracts/T-1002/download")

    assert answer.mimetype == "application/pdf"
    assert answer.data == api.client.get(url).data
