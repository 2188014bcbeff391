"""Comments in the activity log, and the note of a contract."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from ._asked import paged
from ._bodies import Key, anything, read, record, some_text, text
from ._errors import not_found
from ._records import Comment, Contract, Note
from ._world import World

COMMENT = {"comment": Key(some_text, required=True)}
NOTE = {
    "text": Key(text, required=True),
    "note_tag": Key(
        record({"name": Key(some_text, required=True), "id": Key(anything)})
    ),
}


def comments(world: World, number: int) -> ResponseReturnValue:
    """List comments, the newest first; neither author nor time is told."""
    contract = world.by_number(number)
    newest = contract.comments[::-1]
    return paged(newest, lambda one: _comment(contract, one))


def _comment(contract: Contract, one: Comment) -> dict[str, Any]:
    return {
        "id": one.id,
        "contract_id": contract.number,
        "comment": one.text,
        "replies": [],
    }


def add(world: World, number: int) -> ResponseReturnValue:
    """Comment on a contract in any stage."""
    contract = world.by_number(number)
    said = say(world, contract, read(COMMENT)["comment"])
    return _comment(contract, said), 201


def say(world: World, contract: Contract, text: str) -> Comment:
    """Keep a comment, and return it."""
    made = Comment(world.next_id(), text)
    world.change(contract, comments=(*contract.comments, made))
    return made


def notes(world: World, id: str) -> ResponseReturnValue:
    """Show the note; a switch makes it the list that the text speaks of."""
    told = _note(world.by_id(id))
    return [told] if world.switches.listed_notes else told


def _note(contract: Contract) -> dict[str, Any]:
    own = contract.note
    return {"id": note_id(contract), "text": own.text, "note_tag": own.tag}


def note_id(contract: Contract) -> int:
    """Return the id of a contract's one note."""
    return contract.number * 10 + 8


def write_note(world: World, id: str, note: int) -> ResponseReturnValue:
    """Write the note."""
    contract = world.by_id(id)
    if note != note_id(contract):
        raise not_found()
    told = read(NOTE)
    tag = told.get("note_tag")
    return _note(world.change(contract, note=Note(told["text"], tag)))


ROUTES = (
    ("GET", "/contracts/<int:number>/comments/", comments),
    ("POST", "/contracts/<int:number>/comments/", add),
    ("GET", "/contracts/<id>/notes", notes),
    ("PUT", "/contracts/<id>/notes/<int:note>", write_note),
)
