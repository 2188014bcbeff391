"""Settings: CONFIG."""

from __future__ import annotations

from typing import Any, get_args

from attrs import NOTHING, fields, fields_dict, resolve_types

from ..._errors import ConfigError
from ..._secrets import Secret
from ._outcomes import NotOffered, demand, must, prove
from ._subject import Subject


class Configurings:
    """Checks of settings."""

    @must("MUST-CONFIG-1")
    def test_settings_say_what_they_are_for(self, subject: Subject) -> str:
        told = fields(subject.adapter.Config)
        silent = [one.name for one in told if not one.metadata.get("says")]
        demand(not silent, f"{silent} say nothing")
        return f"{len(told)} settings"

    @must("MUST-CONFIG-2")
    def test_secrets_are_secrets(self, subject: Subject) -> str:
        told = fields(resolve_types(subject.adapter.Config))
        kept = [one for one in told if one.metadata.get("secret")]
        prove(kept, "no setting is a secret")
        open_ = [one.name for one in kept if not _is_secret(one.type) or one.repr]
        demand(not open_, f"{open_} are secret and shown")
        return ", ".join(one.name for one in kept)

    @must("MUST-CONFIG-3")
    def test_missing_settings_are_named(self, subject: Subject) -> str:
        settings = subject.settings()
        own = fields_dict(subject.adapter.Config)
        prove(subject.sandbox is not None, "settings are taken away in a sandbox alone")
        needed = [name for name in own if _is_required(own[name], settings.origins)]
        prove(needed, "no setting is required")
        told = {name: one.value for name, one in settings.origins.items()}
        for name in needed:
            demand(
                name in _refusal(subject, _revealed(told), without=name),
                f"without {name} it says nothing of it",
            )
        return ", ".join(needed)

    @must("MUST-CONFIG-4")
    def test_unknown_settings_are_named(self, subject: Subject) -> str:
        try:
            subject.settings(clm_bridge_unheard_of="x")
        except ConfigError as error:
            demand("clm_bridge_unheard_of" in str(error), f"it says {error}")
            return str(error.message)
        raise AssertionError("it was taken")

    @must("MUST-CONFIG-5")
    def test_base_url(self, subject: Subject) -> str:
        own = fields_dict(subject.adapter.Config)
        demand("base_url" in own, "there is no such setting")
        url = subject.settings().adapter.base_url
        demand(url.endswith("/"), f"{url} has no slash at its end")
        other = subject.settings(base_url="https://elsewhere.example").adapter.base_url
        demand(other.startswith("https://elsewhere.example"), f"{other} is not used")
        return url

    @must("MUST-CONFIG-6")
    def test_zone_is_asked_for(self, subject: Subject) -> str:
        if not subject.adapter.needs_timezone:
            raise NotOffered("it stores no days as instants")
        prove(subject.sandbox is not None, "settings are taken away in a sandbox alone")
        told = {key: one.value for key, one in subject.settings().origins.items()}
        said = _refusal(subject, _revealed(told), without="timezone")
        demand("timezone" in said, f"it says {said!r}")
        return said


def _is_secret(kind: Any) -> bool:
    return kind is Secret or Secret in get_args(kind)


def _is_required(attribute: Any, told: Any) -> bool:
    return attribute.default is NOTHING and attribute.name in told


def _revealed(told: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.reveal() if isinstance(value, Secret) else value
        for name, value in told.items()
    }


def _refusal(subject: Subject, told: dict[str, Any], *, without: str) -> str:
    """Return what is said of settings of which one is missing."""
    left = {name: value for name, value in told.items() if name != without}
    try:
        subject.settings(**{**left, "sandbox": False})
    except ConfigError as error:
        return str(error)
    return ""
