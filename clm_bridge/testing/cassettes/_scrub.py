"""From an exchange as it was to one that may be shown."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from attrs import frozen

from ..._origin import LOOPBACK
from . import _bodies, _exact
from ._model import ANSWERED, ASKED, Answer, Asked, Interaction
from ._values import Values

LEFT_OUT = "left out of this recording"
HERE = "127.0.0.1:8100"
"""Where any server on this machine is said to be."""


_SIGNED = re.compile(r"(?i)[?&](?:[\w-]*signature|sig|token|access_token)=")


@frozen
class Raw:
    """An exchange as it went over the wire, its answer decoded."""

    method: str
    uri: str
    asked_headers: Mapping[str, str]
    asked_body: bytes
    status: int
    headers: Mapping[str, Sequence[str]]
    body: bytes


class Scrubber:
    """Scrubs the exchanges of one connection, all in one way."""

    def __init__(
        self, values: Values, *, secrets: Sequence[str], hosts: Mapping[str, str]
    ) -> None:
        self._values = values
        self._spelled = sorted(
            {one for secret in secrets for one in spellings(secret)},
            key=len,
            reverse=True,
        )
        self._hosts = hosts

    def interactions(self, exchanges: Sequence[Raw]) -> Sequence[Interaction]:
        """Scrub the exchanges of one case: the answers first, which say who is who."""
        answers = [self._answer(one) for one in exchanges]
        return [
            Interaction(self._asked(raw), answer)
            for raw, answer in zip(exchanges, answers, strict=True)
        ]

    def _answer(self, raw: Raw) -> Answer:
        named = {name.lower(): values for name, values in raw.headers.items()}
        headers = {
            name: [self._header(name, one) for one in values]
            for name, values in sorted(named.items())
            if name in ANSWERED and name != "etag"  # a checksum of what is confidential
        }
        kind = next(iter(named.get("content-type", ())), "")
        single = {
            name: values[0] if len(values) == 1 else values
            for name, values in headers.items()
        }
        return Answer(raw.status, single, self._body(raw.body, kind))

    def _asked(self, raw: Raw) -> Asked:
        named = {name.lower(): value for name, value in raw.asked_headers.items()}
        headers = {
            name: self._header(name, value)
            for name, value in sorted(named.items())
            if name in ASKED or name.endswith("-version")
        }
        kind = named.get("content-type", "")
        body, fixed = _bodies.with_fixed_boundary(raw.asked_body, kind)
        if kind:
            headers["content-type"] = fixed
        uri, query = self._address(raw.uri)
        return Asked(raw.method, uri, query, headers, self._body(body, kind))

    def _address(self, uri: str) -> tuple[str, Mapping[str, Any]]:
        parts = urlsplit(uri)
        if not self._is_ours(parts.netloc) or self._was_handed_out(uri):
            return self._values.made.link(unquote(uri)), {}
        path = "/".join(
            quote(self._known(unquote(one)), safe=":@!$&'()*+,;=")
            for one in parts.path.split("/")
        )
        query: dict[str, Any] = {}
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            query.setdefault(name, []).append(self._queried(name, value))
        single = {
            key: all_[0] if len(all_) == 1 else all_ for key, all_ in query.items()
        }
        return f"{parts.scheme}://{self._host(parts.netloc)}{path}", single

    def _was_handed_out(self, uri: str) -> bool:
        """Say whether an answer held this link, or it is signed as such links are."""
        return bool(_SIGNED.search(uri)) or any(
            one == unquote(uri).casefold() for one in self._values.made.given
        )

    def _queried(self, name: str, value: str) -> str:
        """Scrub a parameter; one that holds JSON says what is wanted, and is kept."""
        if value[:1] in ("[", "{"):
            return self._masked(value)
        is_given = value.casefold() in self._values.made.given
        if _is_word(value) and not is_given:
            return self._masked(value)
        return str(self._scrubbed(value, name))

    def _known(self, value: str) -> str:
        return self._masked(self._values.made.given.get(value.casefold(), value))

    def _is_ours(self, netloc: str) -> bool:
        return netloc in self._hosts or urlsplit(f"//{netloc}").hostname in LOOPBACK

    def _host(self, netloc: str) -> str:
        if urlsplit(f"//{netloc}").hostname in LOOPBACK:
            return HERE
        return self._hosts[netloc]

    def _body(self, found: bytes, kind: str) -> Mapping[str, Any] | None:
        if not found:
            return None
        if "json" in kind:
            with suppress(ValueError, RecursionError):
                return {"json": self._scrubbed(_exact.parsed(found.decode()))}
        if "x-www-form-urlencoded" in kind:
            return {"text": self._form(found.decode(errors="replace"))}
        told = _bodies.body(found, kind) or {}
        if "multipart" in told:
            return {"multipart": [self._part(one) for one in told["multipart"]]}
        return {"text": f"%PDF-1.4\n% {LEFT_OUT}\n" if "pdf" in kind else LEFT_OUT}

    def _part(self, part: Mapping[str, str]) -> dict[str, str]:
        said = {key: part[key] for key in ("name", "type") if key in part}
        if "filename" in part:
            ending = part["filename"].rpartition(".")[2]
            return {**said, "filename": f"file.{ending}", "text": LEFT_OUT}
        return {**said, "text": self._scrubbed(part.get("text", ""), part["name"])}

    def _form(self, text: str) -> str:
        pairs = parse_qsl(text, keep_blank_values=True)
        return "&".join(
            f"{quote_plus(name)}={quote_plus(self._scrubbed(value, name))}"
            for name, value in pairs
        )

    def _header(self, name: str, value: str) -> str:
        if name == "content-disposition":
            ending = re.search(r"\.(\w{1,5})\W*$", value)
            return f'attachment; filename="file.{ending[1] if ending else "bin"}"'
        if "://" in value:
            value = re.sub(
                r"https?://[^\s<>\"]+", lambda found: self._link(found[0]), value
            )
        return self._masked(value).encode("ascii", "replace").decode()

    def _link(self, uri: str) -> str:
        path, query = self._address(uri)
        return Asked("GET", path, query).address

    def _scrubbed(self, value: Any, path: str = "") -> Any:
        return _each_text(self._values.scrubbed(value, path), self._masked)

    def _masked(self, text: str) -> str:
        """Take known secrets out of what the rules kept."""
        for spelled in self._spelled:
            text = text.replace(spelled, "***")
        return text


def _is_word(value: str) -> bool:
    return bool(re.fullmatch(r"[+-]?(?:[a-z_][\w.]{0,30}|\d+|[A-Z_]{1,30})", value))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _each_text(below, change) for key, below in value.items()}
    if isinstance(value, list):
        return [_each_text(below, change) for below in value]
    return change(value) if isinstance(value, str) else value


def spellings(secret: str) -> Sequence[str]:
    """Return the ways in which a text may hold a secret."""
    raw = secret.encode()
    found = [
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        _exact.spell(secret)[1:-1],
    ]
    found += [raw.hex(), raw.hex().upper()]
    for lead in range(3):
        plain = base64.b64encode(bytes(lead) + raw).decode()
        inner = plain[-(-lead * 8 // 6) : len(plain) - 4]
        found += [inner, inner.replace("+", "-").replace("/", "_")]
    return [one for one in found if len(one) >= 4]
