"""
Dynamic tables, as far as a contract's records.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/custom-objects/upsert-contract-records
"""

from __future__ import annotations

from typing import Any

from ._bodies import Body, body
from ._ids import path_id, uuid
from ._refusals import missing
from ._smart_fields import is_number, is_text
from ._world import World

TABLE = uuid("custom object", "Line items")
COLUMNS = {"Item": "string", "Quantity": "number", "Unit price": "number"}
"""Name of a column → its type."""

_FORMS = {"string": is_text, "number": is_number}
_IDS = {uuid("column", name): name for name in COLUMNS}


def get_custom_object(_: World, id: str) -> Any:
    """Show a table's columns, in snake case."""
    _check(id)
    columns = [
        {"id": own, "name": name, "type": COLUMNS[name]} for own, name in _IDS.items()
    ]
    return {
        "id": TABLE,
        "name": "Line items",
        "smart_fields": columns,
        "help_text": "What is bought, line by line.",
    }


def put_records(world: World, object_id: str, id: str) -> Any:
    """Create or change the records that the body holds; others stay."""
    _check(object_id)
    record, told = world.contract(id), body()
    table = record.tables.get(TABLE, {})
    rows = [_row(one, table, world) for one in told.objects("records")]
    told.check()
    record.tables[TABLE] = table | {row["id"]: row for row in rows}
    record.updated_at = world.now()
    return {"records": rows}


def _check(object_id: str) -> None:
    if path_id(object_id) != TABLE:
        raise missing("Custom object")


def _row(told: Body, table: dict[str, Any], world: World) -> dict[str, Any]:
    own = told.id("id")
    if own is not None and own not in table:
        told.refuse("id", "is not a record of the contract")
    values = dict(_cell(one) for one in told.objects("fields"))
    return {
        "id": own or world.state.new_id("record"),
        "fromCatalogRecordId": told.id("fromCatalogRecordId"),
        "fields": [{"smartFieldId": k, "value": v} for k, v in values.items()],
    }


def _cell(told: Body) -> tuple[str, Any]:
    own = told.need_id("smartFieldId")
    if own not in _IDS:
        told.refuse("smartFieldId", "is not a smart field of the custom object")
    value = told.told.get("value")
    if own in _IDS and value is not None and not _FORMS[COLUMNS[_IDS[own]]](value):
        told.refuse("value", f"is not a {COLUMNS[_IDS[own]]}")
    return own, value
