"""The contract: every MUST, with what it needs."""

from __future__ import annotations

from clm_bridge.testing.suite import GROUPS, MUSTS

from .markdown import code, table


def musts() -> str:
    """Return the rules, group by group."""
    return "\n\n".join(
        f"### {title}\n\n{_rules(group)}" for group, title in GROUPS.items()
    )


def _rules(group: str) -> str:
    return table(
        ["Rule", "What must hold", "Where there is"],
        (
            [code(one.id), one.says.replace("``", "`"), ", ".join(map(code, one.needs))]
            for one in MUSTS.values()
            if one.group == group
        ),
    )
