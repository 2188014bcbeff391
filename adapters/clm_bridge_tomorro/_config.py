"""The settings of a Tomorro connection."""

from __future__ import annotations

from attrs import frozen

from clm_bridge import ConfigError
from clm_bridge.adapter import Secret, setting

ORIGINS = {
    "production": "https://api.tomorro.com",
    "demo": "https://api.demo.tomorro.com",
}


LANGUAGES = (
    "at bg br cz de dk ee es fi fr gb gr hi hr hu id ie is it jp lt lv nl no pl pt ro "
    "rs ru se si sk th tj uk us uz vi zh-cn zh-tw"
)
"""
What ``lang`` takes; for another code, names come in the default language.

https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/smart-fields/list-smart-fields
"""


@frozen
class Config:
    """The key is made in Tomorro under Settings → Integrations → API."""

    api_key: Secret = setting("The API key; it sees what its owner sees.", secret=True)
    environment: str = setting(
        "Which of Tomorro's servers.", default="production", choices=tuple(ORIGINS)
    )
    version: str = setting(
        "The API version to pin, as header tomorro-version.", default="2025-01-29.alpha"
    )
    external_id: str = setting(
        'Where your own id lives: "integration", or "field:<smart field id>".',
        default="integration",
    )
    number_field: str | None = setting(
        "The id of the smart field 'Contract identifier'.", default=None
    )
    language: str | None = setting(
        "The language of field and option labels, such as fr or gb.", default=None
    )
    base_url: str | None = setting(
        "Another origin, such as a sandbox's http://127.0.0.1:8102.", default=None
    )

    def __attrs_post_init__(self) -> None:
        if self.language is not None and self.language not in LANGUAGES.split():
            raise ConfigError(
                f"language is {self.language!r}, which Tomorro does not have",
                hint=f"English is gb or us; it has {LANGUAGES}",
            )

    @property
    def origin(self) -> str:
        """Scheme and host of the API."""
        return self.base_url or ORIGINS[self.environment]

    @property
    def external_id_field(self) -> str | None:
        """The smart field that holds the own id; None for the integration link."""
        if self.external_id == "integration":
            return None
        place, _, own = self.external_id.partition(":")
        if place != "field" or not own:
            raise ConfigError(
                "external_id does not say where your own id lives",
                hint='write "integration" or "field:<smart field id>"',
            )
        return own
