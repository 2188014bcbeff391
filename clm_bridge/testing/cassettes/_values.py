"""
What of an answer may be kept, and what stands for the rest.

Words, ids, dates and small numbers are kept; names, addresses, free text and amounts
become pseudonyms, the same for the same value.  What no rule knows is not kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Container, Mapping
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote

from ._exact import Number

KINDS = ("keep", "name", "amount")

_PRIVATE = re.compile(
    r"(?:^|_)(?:(?:\w*name|names|fullname|email|mail|phone|fax|mobile|street\d?|address"
    r"|line_one|line_two|city|zip|zipcode|postal_code|login|user|username|owner|author"
    r"|comment|comments|description|text|title|subject|message|note|notes|body|given"
    r"|family|created_by|updated_by|tax_id|gst_number|iban|reason|q|query|search)s?)$"
)
_AMOUNT = re.compile(
    r"amount|value|price|total|commit|spend|cost|fee|budget|savings|revenue|salary"
)
_COUNT = re.compile(r"length|unit|count|results|days|months|years|pages|date|renewals")
_OPEN = re.compile(r"custom|contract_data|record_data|responses?$|answers$|^fields?$")
"""Keys below which the workspace itself says what there is."""

_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$"
)
_ID = re.compile(
    r"(?:[A-Za-z]{1,4}[_-])?(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
)
_WORD = re.compile(
    r"(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Za-z]{1,3})$"
)
"""What is a word of the vendor's by its form: with an underscore, or very short."""
_VOCABULARY = re.compile(
    r"(?:^|_)(?:type|kind|status|state|role|stage|unit|format|code|currency|class)$"
)
_TERM = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}$|[a-z]+/[a-z0-9.+-]+$")
"""A word, or a media type, where a key says that there is one of the vendor's own."""
_RANDOM = re.compile(r"(?=\w*\d)\w{20,}")
"""What may be a credential."""
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?$")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+$")
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://")


class Pseudonyms:
    """Made-up values, the same for the same value and key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.given: dict[str, str] = {}
        """Value, in small letters → what stands for it."""

    def _digest(self, value: str) -> str:
        told = value.casefold().encode(errors="replace")
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()

    def name(self, value: str) -> str:
        """Return what stands for a name or for free text."""
        return self._given(value, f"Name {self._digest(value)[:8]}")

    def mail(self, value: str) -> str:
        """Return what stands for a person's address."""
        return self._given(value, f"p{self._digest(value)[:8]}@mail.example")

    def link(self, value: str) -> str:
        """Return what stands for a link, whose query may be a credential."""
        return self._given(value, f"https://link.example/{self._digest(value)[:12]}")

    def figure(self, value: str) -> str:
        """Return another number of the same length; nothing stays nothing."""
        digits = iter(str(int(self._digest(value), 16)) * 2)
        if not value.strip("-0.,"):
            return value
        made = "".join(next(digits) if one.isdigit() else one for one in value)
        return re.sub(r"^(-?)0", r"\g<1>7", made)

    def _given(self, value: str, made: str) -> str:
        self.given[value.casefold()] = made
        return made


class Values:
    """
    Scrubs values.

    *paths* are patterns of dotted paths, such as ``results.*.type``, each with
    ``keep``, ``name`` or ``amount``; the first that fits decides.  *words* are kept.
    """

    def __init__(
        self,
        made: Pseudonyms,
        *,
        words: Container[str] = (),
        paths: Mapping[str, str] | None = None,
    ) -> None:
        self.made = made
        self._words = words
        self._paths = paths or {}

    def scrubbed(self, value: Any, path: str = "", *, is_open: bool = False) -> Any:
        """Return a value of JSON without what is anybody's."""
        key = _plain_key(path.rpartition(".")[2])
        if isinstance(value, Mapping):
            below = is_open or bool(_OPEN.search(key))
            return {
                name: self.scrubbed(one, f"{path}.{name}".lstrip("."), is_open=below)
                for name, one in value.items()
            }
        if isinstance(value, list):
            return [self.scrubbed(one, path, is_open=is_open) for one in value]
        told = self._told(path)
        if told == "keep" or value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(key, value, told, is_open=is_open)
        return self._number(key, value, told, is_open=is_open)

    def _told(self, path: str) -> str | None:
        fitting = (
            kind for glob, kind in self._paths.items() if fnmatchcase(path, glob)
        )
        return next(fitting, None)

    def _text(self, key: str, value: str, told: str | None, *, is_open: bool) -> str:
        if not value or value in self._words or _DATE.match(value):
            return value
        if value.casefold() in self.made.given:
            return self.made.given[value.casefold()]
        if _LINK.match(value):
            return self.made.link(unquote(value))
        if _MAIL.match(value):
            return self.made.mail(value)
        if _FIGURE.match(value) and (
            told == "amount" or is_open or "." in value or _is_amount(key)
        ):
            return self.made.figure(value)
        is_private = told == "name" or is_open or bool(_PRIVATE.search(key))
        if not is_private and _is_known(key, value):
            return value
        return self.made.name(value)

    def _number(
        self, key: str, value: int | Number, told: str | None, *, is_open: bool
    ) -> int | Number:
        if isinstance(value, Number):
            plain = re.fullmatch(r"-?[\d.]+", value.spelled)
            return Number(self.made.figure(value.spelled) if plain else "1e1")
        if told == "amount" or is_open or _is_amount(key):
            return int(self.made.figure(str(value)))
        return value


def _is_known(key: str, value: str) -> bool:
    """Say whether a value is an id, or a word of the vendor's."""
    if _ID.match(value) or (_VOCABULARY.search(key) and _TERM.match(value)):
        return True
    return bool(_WORD.match(value)) and not _RANDOM.search(value)


def _is_amount(key: str) -> bool:
    return bool(_AMOUNT.search(key)) and not _COUNT.search(key)


def _plain_key(key: str) -> str:
    """Spell ``created-by`` and ``createdBy`` as ``created_by``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", key).lower().replace("-", "_")
