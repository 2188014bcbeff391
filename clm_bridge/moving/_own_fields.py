"""A contract's own fields under the names that they have at the other vendor's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .._models import Contract
from .._values import Field, FieldValue
from ._losing import Remark
from ._mapping import Names


@frozen
class OwnFields:
    """What to write, by the other vendor's names, and what is left out."""

    fields: Mapping[str, FieldValue] = field(hash=False)
    remarks: Sequence[Remark]


def own_fields(
    contract: Contract, names: Names, elsewhere: frozenset[str]
) -> OwnFields:
    """Name each field that has a value; those *elsewhere* are said in another way."""
    found: dict[str, FieldValue] = {}
    remarks: list[Remark] = []
    for one in contract.fields.values():
        if one.id in elsewhere or _is_empty(one):
            continue
        name = names.field(one.id, one.label)
        path = f"fields[{one.label or one.id!r}]"
        if not name:
            remarks.append(Remark(path, "the mapping leaves it out"))
        elif name in found:
            remarks.append(Remark(path, f"another field goes by {name!r} too"))
        else:
            found[name] = one.value
    return OwnFields(found, remarks)


def _is_empty(own: Field) -> bool:
    return own.value is None or own.value in ("", (), [], {})
