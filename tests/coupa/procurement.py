"""What Coupa needs besides the procurement record that all vendors are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clm_bridge import Upload

SETTINGS: Mapping[str, Any] = {}
"""Arguments of connect besides vendor and sandbox."""

REFUSES = frozenset({"signatories"})
"""What of the record has no place: only further parties have contacts who sign."""

AGREEMENT = Upload("agreement.pdf", b"%PDF-1.7\n% ours, byte for byte\n%%EOF\n")


def particulars(clm: Any) -> dict[str, Any]:
    """Return the arguments of NewContract that are Coupa's own."""
    return {"type": "1", "document": AGREEMENT}


def send(clm: Any, id: str) -> None:
    """Let it be approved; after that the parties sign in Contract Collaboration."""
    clm.contracts.submit_for_approval(id)


UNSEEN = {
    "row.master-contract": "no contract of the sandbox has a master",
}
"""Keys that are read, and that the sandbox never sends."""
