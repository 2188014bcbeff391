"""Which requests a fault strikes, and how often it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from random import Random
from threading import Lock
from typing import Any

from attrs import asdict, define, field, frozen

from ._catalogue import CATALOGUE
from ._values import Answer, Case, Fault, Shown


@frozen
class Rule:
    """
    One fault, and which requests it strikes: those of a *method* and a *path*.

    The path may hold ``*``.  Of the requests that match, the first *after* are left
    alone, then every *every*-th is struck with a *probability*, *count* times in all.
    """

    fault: Fault
    settings: Mapping[str, Any]
    method: str = "*"
    path: str = "*"
    after: int = 0
    count: int | None = None
    every: int = 1
    probability: float = 1.0
    seed: int = 1
    effect: bool = False

    def matches(self, method: str, path: str) -> bool:
        """Say whether this rule is about a request."""
        return fnmatchcase(method, self.method) and fnmatchcase(path, self.path)

    def shown(self, answer: Answer, path: str, time: int) -> Shown:
        """Return what becomes of an answer, the *time*-th time that this strikes."""
        dice = Random(f"{self.seed} {time}")  # noqa: S311  # not a secret
        return self.fault.show(Case(answer, path, self.settings, dice))


def rule(fault: str, **told: Any) -> Rule:
    """Return a rule from a fault's name, its settings and what it strikes."""
    found = CATALOGUE.get(fault)
    if found is None:
        raise ValueError(f"{fault!r} is not a fault; there are {', '.join(CATALOGUE)}")
    known = (*found.takes, *_ABOUT)
    strange = sorted(told.keys() - set(known))
    if strange:
        raise ValueError(
            f"{fault} takes no {strange[0]!r}; it takes {', '.join(known)}"
        )
    about: dict[str, Any] = {"every": found.every, "effect": found.effect}
    about |= {name: told[name] for name in _ABOUT if name in told}
    settings = {
        **found.takes,
        **{name: told[name] for name in found.takes if name in told},
    }
    for name, value in (*about.items(), *settings.items()):
        _check(fault, name, value, _ABOUT.get(name) or _kind(found.takes[name]))
    if found.needs and not about["effect"]:
        raise ValueError(f"{fault} is made of the sandbox's own answer: effect is true")
    return Rule(found, settings, **about)


_NUMBER = (int, float)
_ABOUT: Mapping[str, type | tuple[type, ...]] = {
    "method": str,
    "path": str,
    "after": int,
    "count": (int, type(None)),
    "every": int,
    "probability": _NUMBER,
    "seed": int,
    "effect": bool,
}
"""What every rule may say, and the kind of it."""
_LEAST = {"every": 1, "status": 200, "rate": 0.001}


def _kind(default: object) -> tuple[type, ...]:
    if default is None:
        return (str, int, type(None))
    return (str, int) if isinstance(default, str) else _NUMBER


def _check(fault: str, name: str, value: Any, kind: type | tuple[type, ...]) -> None:
    """Refuse a value of the wrong kind, and a number that is too small."""
    fits = isinstance(value, kind) and (isinstance(value, bool) == (kind is bool))
    if fits and isinstance(value, _NUMBER):
        fits = value >= _LEAST.get(name, 0) and not (
            name == "probability" and value > 1
        )
    if not fits:
        raise ValueError(f"{value!r} is no {name} of {fault}")


@define
class Standing:
    """A rule that stands, and how many requests it has matched and struck."""

    id: int
    rule: Rule
    matched: int = 0
    struck: int = 0
    _dice: Random = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._dice = Random(self.rule.seed)  # noqa: S311  # not a secret

    def told(self) -> dict[str, Any]:
        """Return it as the control API lists it."""
        about = asdict(self.rule, filter=lambda one, _: one.name in _ABOUT)
        counts = {"matched": self.matched, "struck": self.struck}
        name = self.rule.fault.name
        return {"id": self.id, "fault": name, **self.rule.settings, **about, **counts}

    def strikes(self) -> bool:
        """Note one more request that matches, and say whether it is struck."""
        place = self.matched - self.rule.after
        self.matched += 1
        spent = self.rule.count is not None and self.struck >= self.rule.count
        if place < 0 or place % self.rule.every or spent:
            return False
        if self._dice.random() >= self.rule.probability:
            return False
        self.struck += 1
        return True


class Faults:
    """The rules that stand; of those that match a request, the first to strike does."""

    def __init__(self, rules: Sequence[Rule] = ()) -> None:
        self._lock = Lock()
        self._made = 0
        self._standing: list[Standing] = []
        for one in rules:
            self.stand(one)

    def add(self, fault: str, **told: Any) -> Standing:
        """Let a fault strike; see `rule` for what may be told."""
        return self.stand(rule(fault, **told))

    def stand(self, rule: Rule) -> Standing:
        """Let a rule stand, after those that do."""
        with self._lock:
            self._made += 1
            self._standing.append(Standing(self._made, rule))
            return self._standing[-1]

    def clear(self) -> int:
        """Let no rule stand, and say how many did."""
        with self._lock:
            gone, self._standing = len(self._standing), []
            return gone

    def list(self) -> Sequence[Standing]:
        """Return the rules that stand, in their order."""
        with self._lock:
            return tuple(self._standing)

    def strike(self, method: str, path: str) -> tuple[Rule, int] | None:
        """Return the rule that strikes a request, and how often it has, if one does."""
        with self._lock:
            for standing in self._standing:
                if standing.rule.matches(method, path) and standing.strikes():
                    return standing.rule, standing.struck
        return None
