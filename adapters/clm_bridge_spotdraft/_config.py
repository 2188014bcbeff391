"""The settings of a SpotDraft connection."""

from __future__ import annotations

from attrs import frozen

from clm_bridge.adapter import Secret, setting


@frozen
class Config:
    """Created in SpotDraft under Settings → Developer settings → API credential."""

    client_id: str = setting("The credential's id.")
    client_secret: Secret = setting("The credential's secret.", secret=True)
    region: str = setting(
        "Where the workspace lives.", default="eu", choices=("eu", "in", "me", "us")
    )
    user_email: str | None = setting(
        "Act as this active member of the workspace.", default=None
    )
    base_url: str | None = setting(
        "Another origin, such as a sandbox's http://127.0.0.1:8101.", default=None
    )

    @property
    def origin(self) -> str:
        """Scheme and host of the API."""
        return self.base_url or f"https://api.{self.region}.spotdraft.com"
