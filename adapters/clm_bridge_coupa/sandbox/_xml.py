"""
XML bodies into what their JSON would be: `type` and `nil` say what text is.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/differences-between-xml-and-json-in-coupa
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from ._format import singular

_TYPED: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "boolean": lambda text: text == "true",
}


def read_xml(sent: bytes) -> Any:
    """Read a document; what is none, or declares entities, is a `ValueError`."""
    if b"<!DOCTYPE" in sent.upper():
        raise ValueError("declares a document type")
    try:
        root = fromstring(sent)  # noqa: S314 - entities are refused above
    except ParseError as error:
        raise ValueError("not well formed") from error
    return {child.tag: _value(child) for child in root}


def _value(element: Element) -> Any:
    if element.get("nil") == "true":
        return None
    if element.get("type") == "array" or _is_list(element):
        return [_value(child) for child in element]
    if len(element):
        return {child.tag: _value(child) for child in element}
    text = (element.text or "").strip()
    read = _TYPED.get(element.get("type", ""))
    return read(text) if read and text else text


def _is_list(element: Element) -> bool:
    """Say whether all children are named as one of several is."""
    return bool(len(element)) and {child.tag for child in element} == {
        singular(element.tag)
    }
