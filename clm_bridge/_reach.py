"""
Which addresses a link that was handed out may lead to.

A vendor's answer names the link, and this program's network is not the vendor's: a
link to a private address would read what only this machine can see.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from attrs import frozen

from ._errors import DownloadError
from ._origin import LOOPBACK

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")


@frozen
class Reach:
    """Public addresses alone, unless more is allowed."""

    loopback: bool = False
    private: bool = False

    def admits(self, address: str) -> bool:
        """Say whether a link may lead to an address."""
        if self.private:
            return True
        found = _carried(ip_address(address.partition("%")[0]))
        return _is_public(found) or (self.loopback and found.is_loopback)

    def check(self, addresses: Sequence[str]) -> None:
        """Refuse a host, one of whose *addresses* is not admitted."""
        for one in addresses:
            if not self.admits(one):
                raise DownloadError(
                    f"the file's link leads to {one}, which is not a public address",
                    hint="if the files live in a network of your own, set "
                    "allow_private_downloads = true",
                )

    def check_host(self, host: str) -> None:
        """Refuse a host that is an address already, however it is spelled."""
        literal = literal_address(host)
        if literal is not None:
            self.check([literal])


def reach(base_url: str, *, private: bool) -> Reach:
    """Return what a connection to *base_url* admits: to a sandbox, loopback too."""
    return Reach(loopback=urlsplit(base_url).hostname in LOOPBACK, private=private)


def literal_address(host: str) -> str | None:
    """Return the address that *host* spells, or None if it is a name."""
    with suppress(ValueError):
        return str(ip_address(host))
    with suppress(OSError, ValueError):
        # Resolvers take 127.1, 0x7f.1 and 2130706433 for addresses, as this does.
        return socket.inet_ntoa(socket.inet_aton(host))
    return None


def _carried(address: Address) -> Address:
    """Return the IPv4 address within an IPv6 one that carries it."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: Address) -> bool:
    special = address.is_multicast or address.is_reserved
    site = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not special and not site
