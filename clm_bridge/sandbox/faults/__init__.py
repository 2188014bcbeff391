"""What can go wrong between a client and a vendor, as rules that a sandbox obeys."""

from __future__ import annotations

from ._catalogue import CATALOGUE
from ._reading import load, read
from ._rules import Faults, Rule, Standing, rule
from ._striking import Striking, Struck
from ._values import Answer, Broken, End, Fault, Seen

__all__ = [
    "CATALOGUE",
    "Answer",
    "Broken",
    "End",
    "Fault",
    "Faults",
    "Rule",
    "Seen",
    "Standing",
    "Striking",
    "Struck",
    "load",
    "read",
    "rule",
]
