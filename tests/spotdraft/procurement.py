"""What a procurement record lacks to become a contract of SpotDraft's sandbox."""

from __future__ import annotations

SETTINGS: dict[str, object] = {}
"""The sandbox's own settings map all dates, the term and the value."""

REFUSES: frozenset[str] = frozenset()
"""Paths of the record that SpotDraft cannot be told: none."""


def particulars(clm):
    """A draft is written from a template, which knows its contract type."""
    templates = {one.name: one.id for one in clm.templates.list()}
    return {"template": templates["Master services agreement (standard)"]}


def send(clm, id):
    """To the counterparty for its review, then to everybody to be signed."""
    clm.contracts.send_to_counterparty(id, note="please review")
    clm.contracts.request_signature(id)


UNSEEN = {
    "external_metadata": "the row brings it",
    "analytics": "asked for dates alone, where the settings say so",
    "recipients.items.recipient.user.first_name": "a user comes with the whole name",
    "recipients.items.recipient.user.last_name": "the same",
}
"""Keys that are read, and that the sandbox never sends."""
