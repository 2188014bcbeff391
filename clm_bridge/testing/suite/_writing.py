"""What is written: WRITE."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from attrs import evolve, fields_dict

from ..._errors import (
    AmbiguousWrite,
    InvalidInput,
    Rejected,
    Unsupported,
)
from ..._models import Contract
from ..._particulars import ContractChanges, NewContract, NewCounterparty
from ..._values import ExternalLink
from ..._vocabulary import Outcome
from ._facts import differing
from ._guess import guessed
from ._outcomes import NotOffered, NotProven, demand, must, prove
from ._subject import Subject
from ._traffic import Losing, Meddling, is_read


@contextmanager
def written(
    subject: Subject, meddling: Meddling | None = None
) -> Iterator[tuple[Any, Any, Any]]:
    """Open a bridge of its own, with a record that the vendor can take."""
    prove(subject.record is not None, "the suite has no `new_contract` for this vendor")
    assert subject.record is not None
    with subject.open() as (clm, traffic):
        new = subject.record(clm, f"PR-{uuid4().hex[:8]}")
        traffic.asked.clear()
        traffic.meddling = meddling or Meddling()
        try:
            yield clm, new, traffic
        except Rejected as error:
            made_up = subject.record is guessed
            prove(not made_up, f"the workspace refuses what was made up: {error}")
            raise


@contextmanager
def _as_configured(subject: Subject) -> Iterator[None]:
    """Take a refusal that names a setting for what this configuration lacks."""
    try:
        yield
    except Unsupported as error:
        if any(
            name in (error.hint or "") for name in fields_dict(subject.adapter.Config)
        ):
            raise NotOffered(str(error)) from error
        raise


def writes(traffic: Any) -> list[str]:
    return [f"{r.method} {r.url.path}" for r in traffic.asked if not is_read(r)]


class Writings:
    """Checks of what is written."""

    @must("MUST-WRITE-1")
    def test_what_is_created_is_read(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new)
            demand(made.outcome is Outcome.CREATED, f"it {made.outcome.value}")
            found = clm.contracts.get(made.result.id)
            demand(found.id == made.result.id, f"{made.result.id} is {found.id}")
            odd = differing(new, found, subject.adapter.losses)
            demand(not odd, f"what was said and is read: {odd}")
        return f"{found.id}, {found.status.value}"

    @must("MUST-WRITE-2")
    def test_what_is_created_is_found(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            prove(new.external_link is not None, "the record has no own id")
            made = clm.contracts.create(new).result
            found = clm.contracts.find_by_external_id(new.external_link.id)
            demand([one.id for one in found] == [made.id], f"it finds {len(found)}")
        return str(new.external_link.id)

    @must("MUST-WRITE-3")
    def test_the_same_record_twice(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            prove(new.external_link is not None, "the record has no own id")
            first, second = clm.contracts.create(new), clm.contracts.create(new)
            demand(second.outcome is Outcome.EXISTED, f"it {second.outcome.value}")
            demand(first.result.id == second.result.id, "it is another contract")
        return str(first.result.id)

    @must("MUST-WRITE-4")
    def test_a_dry_run(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            shown = clm.contracts.create(new, dry_run=True)
            demand(not writes(traffic), f"it sent {writes(traffic)}")
            demand(shown.requests, "it shows nothing")
            text = "\n".join(map(str, shown.requests))
            demand(str(new.name) in text, "it does not show the name")
        return ", ".join(f"{one.method} {one.url}" for one in shown.requests)[:80]

    @must("MUST-WRITE-5")
    def test_a_dry_run_shows_no_secret(self, subject: Subject) -> str:
        secrets = subject.secrets
        with written(subject) as (clm, new, _):
            shown = clm.contracts.create(new, dry_run=True)
            text = "\n".join(f"{one} {one!r}" for one in shown.requests)
        demand(not any(one in text for one in secrets), "it shows one")
        return f"{len(shown.requests)} requests"

    @must("MUST-WRITE-6")
    def test_a_lost_answer(self, subject: Subject) -> str:
        losing = Losing()
        with written(subject, losing) as (clm, new, traffic):
            try:
                outcome = str(clm.contracts.create(new).outcome.value)
            except AmbiguousWrite:
                outcome = "AmbiguousWrite"
            traffic.meddling = Meddling()
            rows = clm.contracts.list(detail="summary")
            made = [one.id for one in rows if one.name == new.name]
        prove(losing.lost, "no answer could be lost")
        demand(len(made) <= 1, f"{len(made)} contracts were made")
        return outcome

    @must("MUST-WRITE-7")
    def test_what_has_no_place(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            odd = evolve(new, fields={**new.fields, "No such field": "x"})
            try:
                clm.contracts.create(odd)
            except InvalidInput as error:
                demand(error.problems, "it does not say what")
                demand(not writes(traffic), f"it sent {writes(traffic)} before")
                return str(error.problems[0])
        raise AssertionError("it was taken")

    @must("MUST-WRITE-8")
    def test_what_can_be_said_is_valid(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            problems = [str(one) for one in clm.contracts.validate(new)]
            demand(not problems, "; ".join(problems))
            demand(not writes(traffic), f"it sent {writes(traffic)}")
        return "no problem"

    @must("MUST-WRITE-9")
    def test_a_change_is_read_back(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            before = clm.contracts.get(made.id)
            changes = _changes(subject, new)
            changed = clm.contracts.update(made.id, changes)
            demand(changed.outcome is Outcome.CHANGED, f"it {changed.outcome.value}")
            after = clm.contracts.get(made.id)
            wanted = changes.name or before.name
            demand(after.name == wanted, f"the name is {after.name}")
            for name in ("parties", "external_links", "term", "value", "status"):
                same = getattr(after, name) == getattr(before, name)
                demand(same, f"{name} changed too")
        return "name" if changes.name else "a field"

    @must("MUST-WRITE-10")
    def test_the_same_change_again(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            made = clm.contracts.create(new).result
            changes = _changes(subject, new)
            clm.contracts.update(made.id, changes)
            before = clm.contracts.get(made.id)
            traffic.asked.clear()
            again = clm.contracts.update(made.id, changes)
            sent = len(writes(traffic))
            demand(_still(again.result) == _still(before), "it changed")
            demand(_still(clm.contracts.get(made.id)) == _still(before), "it changed")
        return f"{again.outcome.value}, {sent} writes"

    @must("MUST-WRITE-11")
    def test_a_field_is_read_back(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            label, value = _settable(subject, new)
            clm.fields.set(made.id, {label: value})
            found = clm.contracts.get(made.id)
            told = {one.label: one.value for one in found.fields.values()}
            demand(told.get(label) == value, f"{label} is {told.get(label)!r}")
        return f"{label}"

    @must("MUST-WRITE-12")
    def test_a_link_is_found(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            own = f"PR-{uuid4().hex[:8]}"
            old = new.external_link
            link = evolve(old, id=own) if old else ExternalLink(None, None, own)
            with _as_configured(subject):
                clm.contracts.link(made.id, link)
            found = [one.id for one in clm.contracts.find_by_external_id(own)]
            demand(found == [made.id], f"it finds {found}")
        return own

    @must("MUST-WRITE-13")
    def test_a_link_is_taken_off(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            prove(new.external_link is not None, "the record has no own id")
            made = clm.contracts.create(new).result
            with _as_configured(subject):
                clm.contracts.unlink(made.id)
            left = clm.contracts.get(made.id).external_links
            gone = new.external_link.id not in {one.id for one in left}
            demand(gone, "it is still there")
        return "no link"

    @must("MUST-WRITE-14")
    def test_a_comment_is_read_back(self, subject: Subject) -> str:
        prove("contracts.comments" in subject.adapter.capabilities(), "none is read")
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            clm.contracts.comment(made.id, "Please look at § 7 and “notice”.")
            told = [one.text for one in clm.contracts.comments(made.id)]
            demand(any("§ 7" in one for one in told), f"there are {told}")
        return f"{len(told)} comments"

    @must("MUST-WRITE-15")
    def test_a_counterparty(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            prove(new.counterparty is not None, "the record has no counterparty")
            name = f"Globex {uuid4().hex[:6]}"
            company = NewCounterparty(name, contact=new.counterparty.contact)
            first = clm.counterparties.create(company)
            second = clm.counterparties.create(company)
            demand(first.outcome is Outcome.CREATED, f"it {first.outcome.value}")
            demand(
                second.outcome is Outcome.EXISTED, f"again it {second.outcome.value}"
            )
            demand(first.result.id == second.result.id, "it is another one")
            if "counterparties.find" in clm.capabilities:
                found = [one.id for one in clm.counterparties.find(name)]
                demand(found == [first.result.id], f"it finds {found}")
        return name


def _still(contract: Contract) -> Contract:
    """Return a contract without the time of its last change."""
    dates = evolve(contract.key_dates, updated_at=None)
    return evolve(contract, key_dates=dates)


def _changes(subject: Subject, new: NewContract) -> ContractChanges:
    """Return a change that the vendor has a place for."""
    if "name" in subject.adapter.changes:
        return ContractChanges(name=f"{new.name}, renamed")
    prove(new.fields, "neither a name nor a field can be changed")
    return ContractChanges(fields=_other_fields(subject, new))


def _other_fields(subject: Subject, new: NewContract) -> dict[str, Any]:
    return dict([_settable(subject, new)])


def _settable(subject: Subject, new: NewContract) -> tuple[str, Any]:
    """Return a field of the record, and a value that another contract has."""
    told = [one for c in subject.contracts for one in c.fields.values()]
    for label, own in new.fields.items():
        others = [one.value for one in told if one.label == label]
        other = next((one for one in others if one and one != own), None)
        if other is not None:
            return label, other
    raise NotProven("no other value is known for any field of the record")
