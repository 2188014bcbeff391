"""The mapping's file: what it says, and what is wrong with it."""

from __future__ import annotations

import pytest

from clm_bridge import ConfigError, Status
from clm_bridge.moving import Names, read_names

TOLD = """
[types]
"Master services agreement" = "41"
"*" = "7"
[owners]
"kim@old.example" = "kim@new.example"
[statuses]
REDLINING = "draft"
"""


def test_a_file_names_what_is_which(tmp_path):
    """Tables that are not there are empty."""
    path = tmp_path / "mapping.toml"
    path.write_text(TOLD, encoding="utf-8")

    names = read_names(path)

    assert names.type("9", "Master services agreement") == "41"
    assert names.type(None, None) == "7"
    assert names.template("9", None) is None
    assert names.owner("kim@old.example") == "kim@new.example"
    assert names.owner("sam@old.example") == "sam@old.example"
    assert names.owner(None) is None
    assert names.status("REDLINING", Status.NEGOTIATION) is Status.DRAFT
    assert names.status("SIGN", Status.SIGNATURE) is Status.SIGNATURE


def test_a_star_stands_for_all_others():
    """Also for an owner who is not told."""
    names = Names(owners={"*": "desk@new.example", "kim@old.example": ""})

    assert names.owner(None) == "desk@new.example"
    assert names.owner("sam@old.example") == "desk@new.example"
    assert names.owner("kim@old.example") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("types = 7", "types is not a table"),
        ("[types]\na = 7", "types.a is not text"),
        ("[kinds]\na = 'b'", r"\[kinds\] is not known"),
        ("[types", "is no TOML"),
        ("[statuses]\nx = 'signature'", "nothing is moved into that"),
        ("[statuses]\nx = 'sold'", "nothing is moved into that"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, text, said):
    """Before anything is asked of anybody."""
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match=said):
        read_names(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    """By its name."""
    with pytest.raises(ConfigError, match="cannot be read"):
        read_names(tmp_path / "none.toml")
