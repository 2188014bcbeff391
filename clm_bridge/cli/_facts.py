"""What a contract says, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .._models import Contract
from .._vocabulary import FULL
from ._text import shown

Fact = Callable[[Contract], object]

FACTS: dict[str, Fact] = {
    "id": lambda one: one.id,
    "number": lambda one: one.number,
    "name": lambda one: one.name,
    "status": lambda one: one.status,
    "vendor's word": lambda one: one.source.status,
    "parties": lambda one: [f"{p.name} ({p.role.value})" for p in one.parties],
    "external ids": lambda one: [link.id for link in one.external_links],
    "type": lambda one: one.type and (one.type.name or one.type.id),
    "template": lambda one: one.template and (one.template.name or one.template.id),
    "created": lambda one: one.key_dates.created_at,
    "updated": lambda one: one.key_dates.updated_at,
    "sent": lambda one: one.key_dates.sent_at,
    "signed": lambda one: one.key_dates.signed_on,
    "executed": lambda one: one.key_dates.executed_on,
    "effective": lambda one: one.key_dates.effective_on,
    "expires": lambda one: one.key_dates.expires_on,
    "published": lambda one: one.key_dates.published_on,
    "terminated": lambda one: one.key_dates.terminated_on,
    "renews": lambda one: one.key_dates.renews_on,
    "notice by": lambda one: one.key_dates.notice_by,
    "term": lambda one: one.term,
    "notice": lambda one: one.term and one.term.notice,
    "value": lambda one: one.value,
    "owner": lambda one: one.owner and (one.owner.name or one.owner.email),
    "people": lambda one: [f"{p.name or p.email} ({p.role.value})" for p in one.people],
    "relations": lambda one: [f"{r.kind.value} {r.ref.id}" for r in one.relations],
    "documents": lambda one: [f"{d.name} ({d.kind.value})" for d in one.documents],
    "fields": lambda one: [
        f"{own.label} = {shown(own.value)}" for own in one.fields.values()
    ],
    "url": lambda one: one.url,
    "not loaded": lambda one: sorted(_missing(one)),
}
"""Label → what to print, in the order in which a contract is read."""


def sheet(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield each thing that the vendor told, with its label."""
    for label, fact in FACTS.items():
        if value := shown(fact(contract)):
            yield label, value


def _missing(contract: Contract) -> set[str]:
    return {facet.value for facet in FULL - contract.loaded}
