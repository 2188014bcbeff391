"""Tests for sandboxes that are served with faults."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from clm_bridge.cli import _sandbox
from clm_bridge.sandbox.faults import CATALOGUE

from .conftest import Run

FILE = """
[[faults]]
fault = "status"
status = 418
count = 1

[[faults]]
fault = "empty"
vendor = "paper"
count = 1
"""


def test_the_faults_are_listed(cli: Run) -> None:
    """Each with its sentence and the settings that it takes."""
    result = cli("sandbox", "faults")

    assert result.exit_code == 0
    for name, fault in CATALOGUE.items():
        assert re.search(rf"^{name} +{re.escape(fault.about)}", result.stdout, re.M)
    assert 'status=429, retry_after=1, body="{}"' in result.stdout


def test_a_sandbox_is_served_with_faults(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rules for all strike first, then those for the vendor."""
    (tmp_path / "faults.toml").write_text(FILE, encoding="utf-8")
    seen: list[tuple[int, bytes]] = []

    def ask() -> None:
        for _ in range(2):
            answer = httpx.get(f"{urls[0]}/me")
            seen.append((answer.status_code, answer.content))

    urls: list[str] = []
    monkeypatch.setattr(_sandbox, "block", lambda *told: urls.append(told[2]) or "")
    monkeypatch.setattr(_sandbox, "wait", ask)
    result = cli("sandbox", "serve", "paper", "--port=0", "--faults=faults.toml")

    assert result.exit_code == 0, result.stderr
    assert seen == [(418, b"{}"), (200, b"")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[faults]]\nfault = "lost"\nvendor = "acme"', "'acme' is not served"),
        ('[[faults]]\nfault = "statsu"', "'statsu' is not a fault"),
        ("[", "faults.toml: "),
        (None, "No such file"),
    ],
)
def test_a_file_that_is_wrong_is_a_clear_error(
    cli: Run, tmp_path: Path, text: str | None, said: str
) -> None:
    """What is wrong is said, and nothing is served."""
    if text is not None:
        (tmp_path / "faults.toml").write_text(text, encoding="utf-8")
    result = cli("sandbox", "serve", "paper", "--port=0", "--faults=faults.toml")

    assert result.exit_code == 3
    assert said in result.stderr
    assert "listens" not in result.stderr
