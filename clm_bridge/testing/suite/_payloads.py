"""What a payload may bring, and lack: PAYLOAD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from ..._errors import ClmError, PayloadError
from ..._json import from_dict, to_dict
from ..._models import Contract
from ._outcomes import demand, must, prove
from ._rewrites import GONE, PLANTED, Key, keys, planted, present
from ._subject import Subject
from ._traffic import Answering, Meddling, Rewriting

WRONG: tuple[Any, ...] = ({"odd": [1]}, [[]], True)


class Payloads:
    """Checks that rewrite the vendor's answers on their way."""

    @must("MUST-PAYLOAD-1")
    def test_a_key_that_nobody_knows(self, subject: Subject) -> str:
        for contract in subject.sample:
            with subject.meddled(Rewriting(planted)) as clm:
                found = clm.contracts.get(contract.id)
            demand(_unplanted(found) == _unplanted(contract), f"{contract.id} changed")
        with subject.meddled(Rewriting(planted)) as clm:
            rows = [*clm.contracts.list(detail="summary")]
        demand(len(rows) == len(subject.summaries), "another number is listed")
        return f"{len(rows)} contracts"

    @must("MUST-PAYLOAD-2")
    def test_an_optional_key_is_missing(self, subject: Subject) -> str:
        return _without(subject, GONE)

    @must("MUST-PAYLOAD-3")
    def test_an_optional_key_is_null(self, subject: Subject) -> str:
        return _without(subject, None)

    @must("MUST-PAYLOAD-4")
    def test_a_required_key_is_missing(self, subject: Subject) -> str:
        needed = [key for key in _present(subject) if key.required]
        prove(needed, "no key is declared as required")
        said = []
        for key in needed:
            if _told(subject, Rewriting(key.changed(GONE)), key.name):
                said.append(key.name)
        demand(said, f"{[key.path for key in needed]} may all be missing")
        return ", ".join(dict.fromkeys(said))

    @must("MUST-PAYLOAD-5")
    def test_a_value_of_a_wrong_type(self, subject: Subject) -> str:
        told = [*_present(subject)]
        prove(told, "nothing is declared of what is read")
        for key in told:
            for value in WRONG:
                _read(subject, Rewriting(key.changed(lambda _, v=value: v)), key)
        return f"{len(told)} keys, {len(WRONG)} values"

    @must("MUST-PAYLOAD-6")
    def test_raw_is_kept(self, subject: Subject) -> str:
        one = subject.one
        demand(one.source.raw, "nothing is kept")
        seen: list[str] = []

        class Noting(Meddling):
            def after(self, request: Any, answer: Any) -> Any:
                seen.append(_spelling(answer.content))
                return answer

        with subject.meddled(Noting()) as clm:
            found = clm.contracts.get(one.id)
        for part, kept in found.source.raw.items():
            words = _leaves(kept)
            lost = [word for word in words if not any(word in body for body in seen)]
            demand(not lost, f"{part} holds what did not come, such as {lost[:1]}")
            demand(words, f"{part} is empty") if kept else None
        return ", ".join(found.source.raw)

    @must("MUST-PAYLOAD-7")
    def test_raw_is_dropped(self, subject: Subject) -> str:
        one = subject.one
        with subject.open(keep_raw=False) as (clm, _):
            found = clm.contracts.get(one.id)
        demand(not found.source.raw, f"{sorted(found.source.raw)} are kept")
        demand(found == one, "the contract is another")
        return "nothing kept"

    @must("MUST-PAYLOAD-8")
    def test_report(self, subject: Subject) -> str:
        report = subject.one.source.report()
        told = {line.attribute for line in (*report.mapped, *report.coerced)}
        lacks = sorted({"id", "name", "status"} - told)
        demand(not lacks, f"nothing says where {', '.join(lacks)} came from")
        return f"{len(told)} attributes, {len(report.unplaced)} keys without a place"

    @must("MUST-PAYLOAD-9")
    def test_json(self, subject: Subject) -> str:
        for contract in subject.sample:
            text = json.dumps(to_dict(contract))
            demand(from_dict(json.loads(text)) == contract, f"{contract.id} changed")
        return f"{len(subject.sample)} contracts"

    @must("MUST-PAYLOAD-10")
    def test_no_json(self, subject: Subject) -> str:
        bodies = (b"<html>busy</html>", b"", b"{", b'"text"', b"17")
        for body in bodies:
            with subject.meddled(Answering(200, body)) as clm:
                for call in (_first, lambda clm: clm.contracts.get(subject.one.id)):
                    _demand_payload_error(call, clm, body)
        return f"{len(bodies)} bodies"

    @must("MUST-PAYLOAD-11")
    def test_source(self, subject: Subject) -> str:
        connection = subject.settings().connection
        for one in subject.sample:
            demand(one.source.vendor == subject.adapter.name, "it is another vendor's")
            demand(one.source.connection == connection, "it is another connection's")
            demand(one.source.fetched_at is not None, "it does not say when")
        return f"{subject.adapter.name}"

    @must("MUST-PAYLOAD-12")
    def test_declared_keys_come(self, subject: Subject) -> str:
        raws = [*_raws(subject)]
        declared = [key.path for key in keys(subject.adapter.reading)]
        prove(declared, "nothing is declared of what is read")
        absent = [
            path for path in declared if not any(present(raw, path) for raw in raws)
        ]
        unseen = subject.unseen or {}
        known = subject.unseen is not None
        prove(known or not absent, f"{', '.join(absent)} did not come")
        told = {path for path in absent if _below(path, unseen)}
        odd = [path for path in absent if path not in told]
        demand(not odd, f"{', '.join(odd)} never came")
        wrong = [one for one in unseen if not _covers(one, told)]
        demand(not wrong, f"{', '.join(wrong)} came, and is said to be unseen")
        return f"{len(declared) - len(absent)} keys, {len(absent)} said to be unseen"


def _raws(subject: Subject) -> Iterator[Mapping[str, Any]]:
    """Yield the payloads of all records that can be listed."""
    yield from (one.source.raw for one in subject.contracts)
    for room in ("counterparties", "fields", "templates"):
        if f"{room}.list" in subject.adapter.capabilities():
            found = getattr(subject.clm, room).list()
            yield from (one.source.raw for one in found)


def _below(path: str, prefixes: Iterable[str]) -> bool:
    return any(f"{path}.".startswith(f"{one}.") for one in prefixes)


def _covers(prefix: str, paths: Iterable[str]) -> bool:
    return any(_below(path, [prefix]) for path in paths)


def _first(clm: Any) -> Any:
    return clm.contracts.list(detail="summary").first()


def _demand_payload_error(call: Any, clm: Any, body: bytes) -> None:
    try:
        found = call(clm)
    except PayloadError:
        return
    except ClmError as error:
        raise AssertionError(f"{body!r} is {type(error).__name__}") from error
    raise AssertionError(f"{body!r} was read as {found!r}"[:200])


def _present(subject: Subject) -> list[Key]:
    """Return the keys that came with the contract that says most."""
    raw = subject.one.source.raw
    return [key for key in keys(subject.adapter.reading) if present(raw, key.path)]


def _without(subject: Subject, value: Any) -> str:
    """Take away each optional key in turn: the contract must still be read."""
    told = [key for key in _present(subject) if not key.required]
    prove(told, "no key is declared as optional")
    required = {key.name for key in keys(subject.adapter.reading) if key.required}
    for key in told:
        if key.name in required:
            continue  # another class needs a key of the same spelling
        with subject.meddled(Rewriting(key.changed(value))) as clm:
            try:
                found = clm.contracts.get(subject.one.id)
            except ClmError as error:
                raise AssertionError(f"without {key.path}: {error}") from error
        demand(found.id == subject.one.id, f"without {key.path} it is {found.id}")
        demand(found.name, f"without {key.path} it has no name")
    return f"{len(told)} keys"


def _told(subject: Subject, meddling: Meddling, name: str) -> bool:
    with subject.meddled(meddling) as clm:
        try:
            clm.contracts.get(subject.one.id)
        except PayloadError as error:
            named = any(name in one for one in error.problems) or name in str(error)
            demand(named, f"without {name} it says {error}")
            return True
        except ClmError as error:
            raise AssertionError(
                f"without {name} it is {type(error).__name__}"
            ) from error
    return False


def _read(subject: Subject, meddling: Meddling, key: Key) -> None:
    with subject.meddled(meddling) as clm:
        try:
            found = clm.contracts.get(subject.one.id)
        except ClmError:
            return
        except Exception as error:
            raise AssertionError(f"{key.path}: {type(error).__name__}") from error
    demand(isinstance(found, Contract), f"{key.path}: no contract")


def _unplanted(contract: Contract) -> Contract:
    """Return a contract without the fields that the planted key may have become."""
    fields = {own: one for own, one in contract.fields.items() if PLANTED not in own}
    links = [evolve(one, data={}) for one in contract.external_links]
    return evolve(contract, fields=fields, external_links=links)


def _spelling(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return ""


def _leaves(value: Any) -> list[str]:
    """Return the texts of a payload, spelled as JSON."""
    if isinstance(value, dict):
        return [word for one in value.values() for word in _leaves(one)]
    if isinstance(value, list):
        return [word for one in value for word in _leaves(one)]
    return [json.dumps(value, ensure_ascii=False)] if isinstance(value, str) else []
