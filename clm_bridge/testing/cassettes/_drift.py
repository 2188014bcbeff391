"""
Ask again what cassettes asked, and compare the shapes of the answers.

Only GET requests are sent.  An id that the vendor no longer knows, as those of the
documents' examples never were, gives way to one from a list of the same kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from attrs import define, evolve, field, frozen

from ..._bridge import Bridge
from ..._errors import AuthenticationFailed, ClmError, NotFound, PayloadError
from ..._flow import Op
from ..._messages import Request
from . import _bodies, _exact
from ._model import Cassette, Interaction
from ._shapes import EXAMPLES_TELL, Change, Shape, changes, shape, words

TRIES = 3
"""How many other ids are tried where one is not known."""

_ID = re.compile(
    r"(?:[A-Za-z]{1,4}[_-])?(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
)


@frozen
class Drift:
    """One difference, or a request whose answers could not be compared."""

    kind: str
    request: str
    path: str = ""
    before: str = ""
    after: str = ""
    cassettes: Sequence[str] = ()

    @property
    def drifted(self) -> bool:
        """Whether a shape has changed."""
        return self.kind != "not compared"


@define
class _Question:
    """A request that cassettes make, and what they say is answered."""

    request: Request
    pattern: str
    answers: list[Any] = field(factory=list)
    cassettes: list[str] = field(factory=list)
    recorded: bool = False
    """Whether a server answered, and not a document."""


def drift(clm: Bridge, tapes: Sequence[Cassette]) -> Iterator[Drift]:
    """Yield how a vendor's answers differ from those of its cassettes."""
    questions = sorted(
        _questions(tapes, urlsplit(clm.settings.adapter.base_url).path),
        key=lambda one: one.pattern.count("{id}"),
    )
    shapes = [shape(one.answers) for one in questions]
    known = {*clm.settings.adapter.statuses}.union(*map(words, shapes))
    ids: dict[str, list[str]] = defaultdict(list)
    for one, before in zip(questions, shapes, strict=True):
        yield from _compared(clm, one, before, known, ids)


def _compared(
    clm: Bridge,
    one: _Question,
    before: Shape,
    known: set[str],
    ids: dict[str, list[str]],
) -> Iterator[Drift]:
    asked = f"GET {one.pattern}"
    try:
        answer = _answered(clm, one, ids)
    except AuthenticationFailed:
        raise
    except ClmError as error:
        yield Drift("not compared", asked, after=str(error), cassettes=one.cassettes)
        return
    _note_ids(ids, one.pattern, answer)
    for change in changes(before, shape([answer]), known):
        if one.recorded or change.kind in EXAMPLES_TELL:
            yield _told(asked, change, one.cassettes)


def _told(asked: str, change: Change, cassettes: Sequence[str]) -> Drift:
    return Drift(
        change.kind, asked, change.path, change.before, change.after, cassettes
    )


def _answered(clm: Bridge, one: _Question, ids: Mapping[str, Sequence[str]]) -> Any:
    """Ask as the cassette asked, then with ids that the vendor has just told."""
    try:
        return _ask(clm, one.request)
    except NotFound:
        if one.pattern.count("{id}") != 1:
            raise
        collection = one.pattern.partition("/{id}")[0]
        _, _, *tail = one.request.path.removeprefix(collection).split("/", 2)
        for known in ids.get(collection, ())[:TRIES]:
            path = "/".join([collection, quote(known, safe=""), *tail])
            try:
                return _ask(clm, evolve(one.request, path=path))
            except NotFound:
                continue
        raise


def _ask(clm: Bridge, request: Request) -> Any:
    async def asked() -> Any:
        body = (await request).body
        try:
            return _exact.parsed(body.decode())
        except ValueError:
            raise PayloadError("the answer is not JSON") from None

    operation: Op[Any] = asked()
    return clm._http.result(clm._http.call("drift"), operation)


def _note_ids(ids: dict[str, list[str]], collection: str, answer: Any) -> None:
    """Keep the ids of a list's rows, under the path of the list."""
    rows = answer if isinstance(answer, list) else []
    if isinstance(answer, Mapping):
        rows = next((one for one in answer.values() if isinstance(one, list)), [])
    ids[collection.rstrip("/")] += [
        str(row["id"]) for row in rows if isinstance(row, Mapping) and "id" in row
    ]


def _questions(tapes: Sequence[Cassette], base: str) -> Sequence[_Question]:
    found: dict[tuple[str, ...], _Question] = {}
    for tape in tapes:
        for one in tape.interactions:
            if not _is_asked(one, base):
                continue
            pattern = _pattern(urlsplit(one.request.uri).path)
            key = (pattern, *sorted(one.request.query))
            question = found.setdefault(key, _Question(_request(one), pattern))
            content = _bodies.content(one.response.body)
            question.answers.append(_exact.parsed(content.decode()))
            question.recorded |= tape.metadata.provenance != "vendor-docs"
            if tape.metadata.case not in question.cassettes:
                question.cassettes.append(tape.metadata.case)
    return [*found.values()]


def _is_asked(one: Interaction, base: str) -> bool:
    """Say whether it is a GET of the API's own whose good answer is JSON."""
    return (
        one.request.method == "GET"
        and one.response.status == 200
        and "json" in (one.response.body or {})
        and urlsplit(one.request.uri).path.startswith(base)
    )


def _request(one: Interaction) -> Request:
    path = urlsplit(one.request.uri).path.replace("{", "%7B").replace("}", "%7D")
    query: Any = one.request.query  # a list of values is httpx's too
    headers = {
        name: value if isinstance(value, str) else ", ".join(value)
        for name, value in one.request.headers.items()
    }
    return Request("GET", path, params=query, headers=headers)


def _pattern(path: str) -> str:
    return "/".join(
        "{id}" if _ID.match(unquote(part)) else part for part in path.split("/")
    )
