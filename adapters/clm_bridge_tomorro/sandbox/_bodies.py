"""Read request bodies; every problem is collected and told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import Factory, define
from flask import request

from . import _json
from ._ids import is_uuid, plain
from ._refusals import invalid


@define
class Body:
    """An object of a request's body; ``at`` is the path to it."""

    told: Mapping[str, Any]
    at: str = ""
    problems: list[str] = Factory(list)

    def check(self) -> None:
        """Refuse the request if there is any problem."""
        if self.problems:
            raise invalid(*self.problems)

    def refuse(self, key: str, what: str) -> None:
        """Note a problem with one key."""
        self.problems.append(f"{self.at}{key} {what}")

    def text(self, key: str) -> str | None:
        """Read a text that is not empty; null is as good as absent."""
        value = self.told.get(key)
        if isinstance(value, str) and value:
            return value
        if value is not None:
            self.refuse(key, "must be a non-empty string")
        return None

    def need(self, key: str) -> str:
        """Read a text that must be there."""
        if self.told.get(key) is None:
            self.refuse(key, "should not be empty")
        return self.text(key) or ""

    def id(self, key: str) -> str | None:
        """Read an id, with a prefix or without."""
        value = self.text(key)
        if value is None or is_uuid(value):
            return value and plain(value)
        self.refuse(key, "must be a UUID")
        return None

    def need_id(self, key: str) -> str:
        """Read an id that must be there."""
        if self.told.get(key) is None:
            self.refuse(key, "should not be empty")
        return self.id(key) or ""

    def word(self, key: str, among: Sequence[str]) -> str | None:
        """Read one of a few words."""
        value = self.told.get(key)
        if value is None:
            return None
        if value in among:
            return str(value)
        words = ", ".join(among)
        self.refuse(key, f"must be one of the following values: {words}")
        return None

    def flag(self, key: str) -> bool:
        """Read true or false; absent is false."""
        value = self.told.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(key, "must be a boolean value")
        return value is True

    def email(self, key: str) -> str | None:
        """Read an address."""
        value = self.text(key)
        if value is not None and not is_email(value):
            self.refuse(key, "must be an email")
        return value

    def items(self, key: str) -> list[Any]:
        """Read a list."""
        value = self.told.get(key)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.refuse(key, "must be an array")
        return []

    def texts(self, key: str) -> list[str]:
        """Read a list of texts."""
        items = self.items(key)
        if all(isinstance(one, str) for one in items):
            return items
        self.refuse(key, "must be an array of strings")
        return []

    def object(self, key: str) -> Body | None:
        """Read an object within."""
        value = self.told.get(key)
        if isinstance(value, Mapping):
            return Body(value, f"{self.at}{key}.", self.problems)
        if value is not None:
            self.refuse(key, "must be an object")
        return None

    def objects(self, key: str) -> list[Body]:
        """Read a list of objects."""
        items = self.items(key)
        if not all(isinstance(one, Mapping) for one in items):
            self.refuse(key, "must be an array of objects")
            return []
        at = f"{self.at}{key}"
        return [
            Body(one, f"{at}.{place}.", self.problems)
            for place, one in enumerate(items)
        ]


def is_email(text: str) -> bool:
    """Say whether *text* looks like an address."""
    local, at, domain = text.partition("@")
    return bool(local and at and domain) and not set(text) & set(" ,;<>")


def body() -> Body:
    """Read the request's body, which is a JSON object; none is an empty one."""
    if not request.get_data():
        return Body({})
    if not request.is_json:
        raise invalid("the body must be sent as application/json")
    try:
        told = _json.read(request.get_data())
    except (ValueError, RecursionError):
        raise invalid("the body is not valid JSON") from None
    if not isinstance(told, Mapping):
        raise invalid("the body must be a JSON object")
    return Body(told)
