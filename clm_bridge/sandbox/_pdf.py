"""
The smallest PDF that every reader opens: one page, one font, no compression.

Offsets and object numbers follow ISO 32000-1, chapter 7.5.
"""

from __future__ import annotations

import textwrap

_WIDTH = 80
"""Characters of 11-point Helvetica that fit on a line of A4."""


def pdf(title: str, text: str) -> bytes:
    """
    Return a PDF 1.4 of one page; the same arguments give the same bytes.

    The title is kept exactly in the document's properties; on the page, a letter
    that the standard fonts lack is a question mark.
    """
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >>",
        _stream(_page(title, text)),
        b"<< /Title <%b> >>" % _utf16(title),
    )
    return _file(objects)


def _file(objects: tuple[bytes, ...]) -> bytes:
    """Write the objects, and the table that says at which byte each begins."""
    body = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    table = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size = len(objects) + 1
    trailer = b"<< /Size %d /Root 1 0 R /Info %d 0 R >>" % (size, len(objects))
    ending = (size, table, trailer, len(body))
    return body + b"xref\n0 %d\n%btrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % ending


def _utf16(text: str) -> bytes:
    """Return the hexadecimal of a text string: big-endian, with its mark."""
    return ("\ufeff" + text).encode("utf-16-be").hex().encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _page(title: str, text: str) -> bytes:
    shown = [_shown(line) for line in (title, "", *text.splitlines())]
    return b"BT /F1 11 Tf 15 TL 60 780 Td\n" + b"".join(shown) + b"ET"


def _shown(paragraph: str) -> bytes:
    lines = textwrap.wrap(paragraph, _WIDTH) or [""]
    return b"".join(b"(%b) Tj T*\n" % _escaped(line) for line in lines)


def _escaped(line: str) -> bytes:
    encoded = line.encode("cp1252", "replace")
    for mark in (b"\\", b"(", b")"):
        encoded = encoded.replace(mark, b"\\" + mark)
    return encoded
