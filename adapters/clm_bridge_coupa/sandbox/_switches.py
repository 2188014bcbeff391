"""What Coupa does not publish and a tenant may do otherwise: one attribute each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import Attribute, field, fields, frozen
from attrs.validators import in_

from clm_bridge.sandbox import Mishaps, webhook_switch

TRANSITIONS = frozenset(
    {
        ("draft", "published"),
        ("draft", "inactive"),
        ("completed", "published"),
        ("published", "inactive"),
        ("inactive", "published"),
    }
)
"""What a PUT of ``status`` may do; the actions have rules of their own."""


def _is_zone(_: object, attribute: Attribute[str], value: str) -> None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{attribute.name} is not a time zone: {value!r}") from error


@frozen(kw_only=True)
class Switches:
    """The sandbox's assumptions that may go either way, at their defaults."""

    timezone: str = field(default="America/Los_Angeles", validator=_is_zone)
    in_negotiation: str = "in_negotiation"
    approved: str = "approved"
    rejected: str = "rejected"
    pending_signature: str = "pending_signature"
    expired: str = "expired"
    approvals: int = 2
    online_signing: bool = False
    complete_from: frozenset[str] = frozenset({"approved", "pending_signature"})
    transitions: frozenset[tuple[str, str]] = TRANSITIONS
    hierarchy: bool = True
    approve_answers: str = field(default="document", validator=in_(("document", "own")))
    parallel_approvals: bool = False
    unique: bool = True
    unknown_reference: str = field(
        default="refuse", validator=in_(("refuse", "ignore"))
    )
    closed_custom_field: str = field(
        default="ignore", validator=in_(("ignore", "refuse"))
    )
    clamp_limit: bool = True
    fold_case: bool = True
    query_any_attribute: bool = True
    new_fields_only_if_named: bool = True
    not_found_body: str = field(default="json", validator=in_(("json", "text")))
    missing_scope_status: int = field(default=403, validator=in_((401, 403)))
    rate_limit: bool = True
    retry_after: bool = False
    token_seconds: int = 86399
    token_delay: float = 0
    raw_agreement: bool = False
    files_touch_contract: bool = True
    plain_decimals: bool = True
    webhooks: Mishaps = webhook_switch()
    html: str = field(default="", validator=in_(("", "login", "bad_gateway")))


def read_switches(chosen: Mapping[str, Any]) -> Switches:
    """Return the switches as *chosen*; an unknown name is a `ValueError`."""
    known = [attribute.name for attribute in fields(Switches)]
    unknown = sorted(chosen.keys() - set(known))
    if unknown:
        raise ValueError(
            f"the coupa sandbox has no switch {', '.join(unknown)};"
            f" it has {', '.join(known)}"
        )
    return Switches(**chosen)
