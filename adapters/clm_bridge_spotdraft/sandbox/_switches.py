"""What SpotDraft does not publish and may do either way: one attribute each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, fields_dict, frozen, validators

from clm_bridge.sandbox import Mishaps, webhook_switch

PREFIXES = ("T", "H")
LISTED_METADATA = ("if set", "null", "never")
APPROVAL_KEYS = ("2026", "2024")

_flag = validators.instance_of(bool)


def _one_of(words: Sequence[str], default: str) -> Any:
    return field(default=default, validator=validators.in_(words))


@frozen(kw_only=True)
class Switches:
    """The sandbox's assumptions that may go either way, at their defaults."""

    analytics: bool = field(default=True, validator=_flag)
    analytics_objects: bool = field(default=False, validator=_flag)
    rate_limit: bool = field(default=True, validator=_flag)
    retry_after: bool = field(default=False, validator=_flag)
    integer_list_ids: bool = field(default=False, validator=_flag)
    composite_lookup_ids: bool = field(default=False, validator=_flag)
    nested_lookup: bool = field(default=False, validator=_flag)
    listed_metadata: str = _one_of(LISTED_METADATA, "if set")
    executed_upload_prefix: str = _one_of(PREFIXES, "H")
    omit_empty_key_pointers: bool = field(default=False, validator=_flag)
    key_pointer_instants: bool = field(default=False, validator=_flag)
    null_format_option: bool = field(default=False, validator=_flag)
    string_data_types: bool = field(default=False, validator=_flag)
    approval_keys: str = _one_of(APPROVAL_KEYS, "2026")
    approvals_v5: bool = field(default=False, validator=_flag)
    listed_notes: bool = field(default=False, validator=_flag)
    text_document_ids: bool = field(default=False, validator=_flag)
    playbook_uploads: bool = field(default=True, validator=_flag)
    loopback_webhooks: bool = field(default=True, validator=_flag)
    webhook_retries: int = field(
        default=4, validator=[validators.instance_of(int), validators.ge(0)]
    )
    webhook_failures: int = field(
        default=5, validator=[validators.instance_of(int), validators.ge(0)]
    )
    webhooks: Mishaps = webhook_switch()
    strict_filters: bool = field(default=False, validator=_flag)
    index_lag: float = field(
        default=0.0,
        converter=float,
        validator=[validators.ge(0), validators.lt(float("inf"))],
    )


def read_switches(chosen: Mapping[str, Any]) -> Switches:
    """Return the switches as *chosen*; an unknown name is a `ValueError`."""
    known = fields_dict(Switches)
    unknown = sorted(chosen.keys() - known.keys())
    if unknown:
        raise ValueError(
            f"the spotdraft sandbox has no switch {', '.join(unknown)};"
            f" it has {', '.join(known)}"
        )
    try:
        return Switches(**chosen)
    except TypeError as error:
        raise ValueError(f"a switch has a value of the wrong type: {error}") from error
