"""What may go wrong on the way of a delivery: lost, twice, late, in disorder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, fields_dict, frozen, validators


def _seconds() -> Any:
    return field(
        default=0.0,
        converter=float,
        validator=[validators.ge(0), validators.lt(float("inf"))],
    )


def _share_of_all() -> Any:
    return field(
        default=0.0, converter=float, validator=[validators.ge(0), validators.le(1)]
    )


@frozen(kw_only=True)
class Mishaps:
    """
    The same seed makes the same mishaps, as long as the same happens.

    ``drop`` and ``duplicate`` are shares of all deliveries, from 0 to 1.  Each comes
    ``delay`` seconds late, and up to ``shuffle`` more, by the sandbox's clock.
    """

    drop: float = _share_of_all()
    duplicate: float = _share_of_all()
    delay: float = _seconds()
    shuffle: float = _seconds()
    seed: int = field(default=1, validator=validators.instance_of(int))


def mishaps(told: Any) -> Mishaps:
    """Return what a switch or a request says; anything odd is a `ValueError`."""
    if isinstance(told, Mishaps):
        return told
    known = fields_dict(Mishaps)
    if not isinstance(told, Mapping) or not set(told) <= set(known):
        raise ValueError(f"the mishaps of webhooks are {', '.join(known)}")
    try:
        return Mishaps(**told)
    except TypeError as error:
        raise ValueError(f"a mishap has a value of the wrong type: {error}") from error


def webhook_switch() -> Any:
    """Return the attribute by which a vendor's ``Switches`` takes mishaps."""
    return field(factory=Mishaps, converter=mishaps)
