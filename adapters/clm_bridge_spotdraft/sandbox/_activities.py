"""Which activities a change of a contract is, and what each tells besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from ._records import EXECUTED, SIGN, VOIDED, Contract, Recipient


@frozen
class Activity:
    """One thing that happened; ``by`` is who did it, or SpotDraft itself."""

    word: str
    by: Mapping[str, Any] | None = None
    more: Mapping[str, Any] = field(factory=dict)
    """What ``activity_data`` has besides who and when."""
    is_system: bool = False


def of_change(old: Contract | None, new: Contract | None) -> Iterator[Activity]:
    """Yield what a creation, a change or a deletion tells, in its order."""
    if new is None:
        yield Activity("CONTRACT_DELETED")
        return
    if old is None:
        yield Activity("CONTRACT_CREATED")
        yield from _sent(None, new)
        return
    yield from _contents(old, new)
    yield from _sent(old, new)
    yield from _opened(old, new)
    yield from _marked(old, new)
    yield from _acted(old, new)
    yield from _ended(old, new)
    times = [
        (one.sent_at, one.opened_at, one.marked_at, one.executed_at)
        for one in (old, new)
    ]
    if times[0] != times[1]:
        yield Activity("CONTRACT_PROCESS_METRIC_UPDATED", is_system=True)


def _contents(old: Contract, new: Contract) -> Iterator[Activity]:
    if new.version != old.version or len(new.papers) != len(old.papers):
        yield Activity("CONTRACT_VERSION_UPLOADED")
    if (new.data, new.intake) != (old.data, old.intake):
        yield Activity("CONTRACT_DATA_UPDATED")
    yield from _key_pointers(old.values, new.values)
    if new.metadata != old.metadata:
        did = "CREATED" if old.metadata is None else "UPDATED"
        yield Activity(f"CONTRACT_EXTERNAL_METADATA_{did}")
    if len(new.approvals) > len(old.approvals):
        yield Activity("CONTRACT_APPROVAL_REQUESTED")
    if len(new.comments) > len(old.comments):
        yield Activity("CONTRACT_ACTIVITY_LOG_COMMENT_CREATED")


def _key_pointers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Activity]:
    changed = [name for name in new if new[name] != old.get(name)]
    if any(old.get(name) is None for name in changed):
        yield Activity("CONTRACT_KEY_POINTER_CREATION")
    if any(old.get(name) is not None for name in changed):
        yield Activity("CONTRACT_KEY_POINTER_UPDATION")


def _sent(old: Contract | None, new: Contract) -> Iterator[Activity]:
    if new.sent_at is None or (old is not None and old.sent_at == new.sent_at):
        return
    mails = contacts(new)
    told = {"to_recipients": mails, "cc_recipients": []}
    yield Activity(
        "CONTRACT_SENT_TO_COUNTERPARTY", more={"counterparty_email_recipients": told}
    )
    for email in mails:
        yield mail("REDLINING_EMAIL_DELIVERED", email)


def _opened(old: Contract, new: Contract) -> Iterator[Activity]:
    if new.opened_at is not None and old.opened_at is None:
        for email in contacts(new)[:1]:
            yield mail("REDLINING_EMAIL_OPENED", email)


def _marked(old: Contract, new: Contract) -> Iterator[Activity]:
    if old.status != SIGN and new.status == SIGN and old.held_at is None:
        yield Activity("CONTRACT_MARK_FOR_EXECUTION")
        yield Activity("CONTRACT_SIGNATURE_REQUESTED")
    if old.marked_at is not None and new.marked_at is None:
        yield Activity("CONTRACT_UNMARK_FOR_EXECUTION")
    before = {one.id: one for one in old.recipients}
    for one in new.recipients:
        known = before.get(one.id)
        if one.sent_at is not None and (known is None or known.sent_at != one.sent_at):
            yield Activity(
                "CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT",
                more={"signatory": _person(one)},
            )


def _acted(old: Contract, new: Contract) -> Iterator[Activity]:
    """Yield each signature and refusal; who acted is who did it."""
    before = {one.id: one.acted_at for one in old.recipients}
    for one in new.recipients:
        if one.acted_at is not None and before.get(one.id) is None:
            did = "SIGNATURE_DECLINED" if one.refused else "SIGNED"
            yield Activity(f"CONTRACT_{did}", by=_person(one))


def _ended(old: Contract, new: Contract) -> Iterator[Activity]:
    if new.status == old.status:
        return
    if new.status == EXECUTED:
        yield Activity("CONTRACT_EXECUTED", is_system=True)
    if new.status == VOIDED:
        yield Activity("CONTRACT_VOIDED")


def mail(word: str, email: str) -> Activity:
    """Return what became of a mail; ``occured_at`` is filled in with the time."""
    told = {"recipient_email": email, "email_mode": "to", "occured_at": None}
    return Activity(word, more={"email_event_data": told}, is_system=True)


def contacts(contract: Contract) -> list[str]:
    """Return the addresses of the counterparties' contacts."""
    found = (one.contact_email for one in contract.parties)
    return [email for email in found if email]


def _person(one: Recipient) -> Mapping[str, Any]:
    return {"name": one.name, "email": one.email}


def example(word: str, contract: Contract) -> Activity:
    """Return an activity of a contract as if it had happened."""
    mails: Iterable[str] = contacts(contract) or ["legal@counterparty.example"]
    first = next(iter(mails))
    if "_EMAIL_" in word:
        return mail(word, first)
    if word == "CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT":
        return Activity(word, more={"signatory": {"name": first, "email": first}})
    if word == "CONTRACT_SENT_TO_COUNTERPARTY":
        told = {"to_recipients": [first], "cc_recipients": []}
        return Activity(word, more={"counterparty_email_recipients": told})
    return Activity(word, is_system=word == "CONTRACT_EXECUTED")
