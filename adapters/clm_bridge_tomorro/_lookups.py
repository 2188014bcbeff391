"""What a write must ask first: whose id is meant by an address, a name, a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clm_bridge.adapter import InvalidInput, Particulars, Problem, Reader, get

from . import _envelopes, _lists, _mapping, _wire


def refused(*problems: Problem) -> InvalidInput:
    """Return the error that names every problem."""
    told = "; ".join(str(one) for one in problems)
    return InvalidInput(
        f"Tomorro cannot be told this: {told}",
        hint="nothing was written",
        problems=problems,
    )


async def type_of(template: str, reader: Reader) -> str:
    """Return the contract type that a template belongs to."""
    wanted = _mapping.plain(template)
    for told in await _lists.every("contract-types", {}, "contractTypes"):
        row = reader.read(told, _wire.TypeRow)
        for one in await templates(row):
            if _mapping.plain(reader.read(one, _wire.TemplateRow).id) == wanted:
                return _mapping.plain(row.id)
    accepts = "an id that templates.list tells"
    raise refused(Problem("template", f"{template!r} is of no contract type", accepts))


async def templates(type: _wire.TypeRow) -> Sequence[object]:
    """Return a type's templates as received, which may come with it."""
    if type.templates is not None:
        return type.templates
    path = "contract-types/{id}/templates"
    answer = await get(path, id=_mapping.plain(type.id))
    return _envelopes.listed(answer.json(), "templates")[0]


def addresses(told: Particulars) -> dict[str, str]:
    """Return where our own people are said → their e-mail address."""
    found = {
        f"signatories[{place}].email": one.email
        for place, one in enumerate(told.signatories)
        if one.ours
    }
    if told.owner is not None and not _mapping.is_id(told.owner):
        found["owner"] = told.owner
    return found


async def members(reader: Reader) -> dict[str, str]:
    """Return the members' ids by address, folded."""
    found = [
        reader.read(one, _wire.MemberRow) for one in await _lists.every("members", {})
    ]
    return {
        one.user.email.casefold(): _mapping.plain(one.id)
        for one in found
        if one.status != "disabled"
    }


def strangers(wanted: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the addresses that no member has."""
    for path, email in wanted.items():
        if email.casefold() not in known:
            accepts = "the address of a member of the workspace"
            yield Problem(path, f"{email!r} is no member's", accepts)


async def attributes(
    identifiers: Mapping[str, str], language: str | None, reader: Reader
) -> list[dict[str, str]]:
    """Return identifiers as smart fields of counterparties, by id or by name."""
    if not identifiers:
        return []
    params = {"object": "external_party", "lang": language}
    rows = await _lists.every("smart-fields", params)
    known = [reader.read(one, _wire.Definition) for one in rows]
    ids = {one.name.casefold(): one.id for one in known}
    ids |= {one.id: one.id for one in known}
    names = ", ".join(one.name for one in known) or "nothing: it has none"
    unknown = [
        Problem(f"counterparty.identifiers[{key!r}]", "is no smart field", names)
        for key in identifiers
        if key.casefold() not in ids
    ]
    if unknown:
        raise refused(*unknown)
    return [
        {"attributeDefinitionId": ids[key.casefold()], "value": value}
        for key, value in identifiers.items()
    ]
