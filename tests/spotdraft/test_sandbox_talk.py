"""Comments and notes."""

from __future__ import annotations

import pytest

from .sandbox_workspace import Api


def test_a_comment_is_kept_as_it_was_written(api):
    """Mentions too; the answer has neither author nor time."""
    answer = api.post("/contracts/1003/comments/", {"comment": "look !!@1234!!"})

    assert answer.status_code == 201
    assert answer.json == {
        "id": answer.json["id"],
        "contract_id": 1003,
        "comment": "look !!@1234!!",
        "replies": [],
    }


def test_the_newest_comment_comes_first(api):
    """By page, in the envelope of the lists."""
    for said in ("one", "two", "three"):
        api.post("/contracts/1003/comments/", {"comment": said})
    answer = api.get("/contracts/1003/comments/", page=1, limit=2).json

    assert (answer["page"], answer["limit"], answer["total_results"]) == (1, 2, 3)
    assert [one["comment"] for one in answer["results"]] == ["three", "two"]


@pytest.mark.parametrize("body", [{}, {"comment": ""}, {"comment": 3}])
def test_a_comment_says_something(api, body):
    """The fault is told by its field."""
    answer = api.post("/contracts/1003/comments/", body)

    assert (answer.status_code, list(answer.json)) == (400, ["comment"])


def test_a_comment_is_a_change(api):
    """The list's filter by the last change finds the contract."""
    since = {"filter__last_updated_on[$gte]": "2026-11-01"}
    before = api.names(**since)
    api.post("/contracts/1003/comments/", {"comment": "well"})

    assert before == []
    assert api.names(**since) == ["Negotiated"]


def test_comments_take_the_bare_integer(api):
    """The composite id belongs to other calls (documented)."""
    assert api.get("/contracts/T-1003/comments/").status_code == 404


def test_a_contract_has_one_note(api):
    """Documented as an object; writing it needs its id."""
    note = api.get("/contracts/T-1003/notes").json
    body = {"text": "call them", "note_tag": {"name": "legal"}}
    answer = api.call("PUT", f"/contracts/T-1003/notes/{note['id']}", json=body)

    assert set(note) == {"id", "text", "note_tag"}
    assert answer.json == {"id": note["id"], **body}
    assert api.get("/contracts/T-1003/notes").json == answer.json
    assert api.call("PUT", "/contracts/T-1003/notes/1", json=body).status_code == 404


def test_a_notes_tag_has_a_name(api):
    """The fault is told beneath the tag."""
    note = api.get("/contracts/T-1003/notes").json["id"]
    body = {"text": "", "note_tag": {}}
    answer = api.call("PUT", f"/contracts/T-1003/notes/{note}", json=body)

    assert answer.json == {"note_tag": {"name": ["Field required"]}}


def test_notes_may_be_a_list():
    """As the text beside the schema says."""
    told = Api(listed_notes=True).get("/contracts/T-1003/notes").json

    assert [set(one) for one in told] == [{"id", "text", "note_tag"}]
