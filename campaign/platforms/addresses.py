"""Where a request may go: https, to a public address, on a port that was agreed on.

An address in a campaign file must not make this program speak to what only it can reach: the
machine itself, the office's network, a cloud's metadata service. A name is resolved once, and the
connection goes to the address that was looked at: a name that changes in between gains nothing.
"""

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from campaign.platforms.base import AccountBlocked, NotSent

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Found = tuple[socket.AddressFamily, tuple[str, int]]

NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """`loopback` lets requests go to this machine, by http too, on any port: for a receiver that
    runs beside the daemon, and for tests.
    """

    loopback: bool = False
    ports: Collection[int] = frozenset({443})

    def check(self, url: str) -> None:
        """Raises AccountBlocked for an address that may not be asked, without naming its path."""
        try:
            at = urlsplit(url)
            host, port = at.hostname or "", at.port
        except ValueError:
            host, port = "", None
        if not host:
            raise AccountBlocked("The address is not one. Write it as https://example.org/…")
        if "@" in at.netloc:
            raise AccountBlocked(f"The address of {host} holds a name or password. Take it out.")
        if self.loopback and at.scheme in ("http", "https") and _is_this_machine(host):
            return
        if at.scheme != "https":
            raise AccountBlocked(f"{host} has to be asked by https. Write https:// in its address.")
        if (port or 443) not in self.ports:
            raise AccountBlocked(f"{host} may not be asked on port {port}, only on 443.")

    def resolve(self, host: str, port: int) -> list[Found]:
        """The addresses of a host that may be connected to, best first.

        Raises NotSent when the name is not known now, AccountBlocked when it leads inside.
        """
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            infos = []
        if not infos:
            raise NotSent(f"{host} could not be found on the network.")
        found: list[Found] = [(info[0], (str(info[4][0]), port)) for info in infos]
        good = [one for one in found if self.allows(one[1][0])]
        if not good:
            raise AccountBlocked(
                f"{host} leads to an address inside this network, which may not be asked."
            )
        return good

    def allows(self, address: str) -> bool:
        ip = _plain(ipaddress.ip_address(address.partition("%")[0]))
        if ip.is_loopback:
            return self.loopback
        return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _plain(ip: IPAddress) -> IPAddress:
    """The IPv4 address inside an IPv6 one, where there is one: both lead to the same place."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip.sixtofour:
            return ip.sixtofour
        if ip in NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
