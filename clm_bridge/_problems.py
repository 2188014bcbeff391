"""What is wrong with an input, part by part."""

from __future__ import annotations

from attrs import frozen


@frozen
class Problem:
    """
    One thing that cannot be said to a vendor as it was given.

    ``path`` leads into the input, ``accepts`` says what would do.  ``placeless`` is
    true where the vendor has no place for it, whatever the value.
    """

    path: str
    why: str
    accepts: str | None = None
    placeless: bool = False

    def __str__(self) -> str:
        wanted = f" (accepts {self.accepts})" if self.accepts else ""
        return f"{self.path} {self.why}{wanted}"
