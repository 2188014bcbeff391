"""What a procurement record needs besides itself to become a contract in Tomorro."""

from __future__ import annotations

from clm_bridge import Upload

SETTINGS: dict[str, object] = {}
"""The sandbox's own settings map dates, term and value."""

REFUSES: frozenset[str] = frozenset()
"""Nothing that a record says: an owner takes part, and a contact is left out."""


def particulars(clm):
    """Return the type, one of its templates, and the file that replaces the draft."""
    [template, *_] = [
        one for one in clm.templates.list() if one.type.name == "Supply agreement"
    ]
    return {
        "template": template.id,
        "type": template.type.id,
        "document": Upload("supply.pdf", b"%PDF-1.7\nagreed, word for word\n%%EOF\n"),
    }


def send(clm, id):
    """Share the draft, then ask for signatures."""
    clm.contracts.send_to_counterparty(id)
    clm.contracts.request_signature(id, note="Please sign")


UNSEEN = {
    "row": "the whole contract stands in its place",
    "contract.template": "an older state of the page",
    "contract.referent": "the same",
    "contract.startAt": "the same",
    "contract.endAt": "the same",
    "contract.externalLink": "one of two likely spellings",
    "counterparty.fields": "not documented",
}
"""Keys that are read, and that the sandbox never sends."""
