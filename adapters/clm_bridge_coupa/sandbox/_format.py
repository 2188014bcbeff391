"""
Typed records to the text of an answer, in JSON or XML.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/differences-between-xml-and-json-in-coupa
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

from attrs import frozen

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@frozen
class Writer:
    """How a tenant writes: its zone, and its decimals."""

    zone: ZoneInfo
    plain_decimals: bool = True

    def json(self, value: Any) -> bytes:
        """Return JSON, in which decimals and times are strings."""
        text = json.dumps(
            value, default=self.text, ensure_ascii=False, separators=(",", ":")
        )
        return text.encode(errors="replace")

    def xml(self, name: str, value: Any) -> bytes:
        """Return an XML document whose root is *name*."""
        root = Element(name)
        self._fill(root, value)
        return _document(root)

    def errors(self, sentences: Sequence[str]) -> bytes:
        """Return the XML document of a refusal."""
        root = Element("errors")
        for sentence in sentences:
            SubElement(root, "error").text = sentence
        return _document(root)

    def text(self, value: Any) -> str:
        """Write a decimal, an instant with the company's offset, or a date."""
        if isinstance(value, Decimal):
            return self._decimal(value)
        if isinstance(value, datetime):
            return value.astimezone(self.zone).isoformat(timespec="seconds")
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"no text for {type(value).__name__}")

    def _decimal(self, value: Decimal) -> str:
        whole, _, fraction = f"{value:f}".partition(".")
        if self.plain_decimals:
            fraction = fraction.rstrip("0")
        return f"{whole}.{fraction or '0'}"

    def _fill(self, element: Element, value: Any) -> None:
        if value is None:
            element.set("nil", "true")
        elif isinstance(value, Mapping):
            for name, inner in value.items():
                self._fill(SubElement(element, name), inner)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            element.set("type", "array")
            for inner in value:
                self._fill(SubElement(element, singular(element.tag)), inner)
        else:
            self._write(element, value)

    def _write(self, element: Element, value: Any) -> None:
        if isinstance(value, str):
            element.text = value
            return
        element.set("type", _TYPES[type(value)])
        if isinstance(value, bool | int | float):
            element.text = str(value).lower()
        else:
            element.text = self.text(value)


_TYPES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "float",
    Decimal: "decimal",
    datetime: "datetime",
    date: "date",
}


def _document(root: Element) -> bytes:
    written = tostring(root, encoding="utf-8", xml_declaration=False)
    return _DECLARATION + bytes(written)


def singular(plural: str) -> str:
    """Return the name of one element of a collection."""
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    return plural.removesuffix("es") if plural.endswith("sses") else plural[:-1]
