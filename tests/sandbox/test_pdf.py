"""Tests for the PDF that sandboxes serve as the signed document."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from clm_bridge.sandbox import pdf

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def _objects(document: bytes) -> list[bytes]:
    """Read what stands at each offset of the cross-reference table."""
    table = int(document.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    lines = document[table:].split(b"\n")
    size = int(lines[1].split()[1])
    return [document[int(line[:10]) :] for line in lines[3 : 2 + size]]


@given(TEXT, TEXT)
def test_every_offset_leads_to_its_object(title: str, text: str) -> None:
    """The cross-reference table is right whatever is written on the page."""
    objects = _objects(pdf(title, text))

    for number, content in enumerate(objects, start=1):
        assert content.startswith(b"%d 0 obj\n" % number)


@given(TEXT, TEXT)
def test_the_page_is_as_long_as_it_says(title: str, text: str) -> None:
    """The stream ends exactly after its length."""
    page = _objects(pdf(title, text))[4]
    head, _, rest = page.partition(b"stream\n")
    length = re.search(rb"/Length (\d+)", head)

    assert length is not None
    assert rest[int(length[1]) :].startswith(b"\nendstream\n")


def test_says_what_it_is() -> None:
    """Readers know a PDF by its first and last line."""
    document = pdf("Supply", "Signed.")

    assert document.startswith(b"%PDF-1.4\n")
    assert document.endswith(b"%%EOF\n")


def test_marks_of_the_syntax_are_escaped() -> None:
    """A bracket or a backslash on the page is text."""
    assert rb"(a \\ \(b\)) Tj" in pdf("Supply", r"a \ (b)")


def test_the_title_keeps_every_letter() -> None:
    """The document's properties hold a title in any script."""
    title = re.search(rb"/Title <([0-9a-f]+)>", pdf("東京 & É", ""))

    assert title is not None
    assert bytes.fromhex(title[1].decode()).decode("utf-16") == "東京 & É"


def test_is_the_same_every_time() -> None:
    """No date and no random id is written into it."""
    assert pdf("Supply", "Signed.") == pdf("Supply", "Signed.")


def test_a_long_line_is_wrapped() -> None:
    """A paragraph runs over as many lines as it needs."""
    assert pdf("Supply", "word " * 40).count(b" Tj T*") == 5
