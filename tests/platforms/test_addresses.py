"""Where requests may go: to public addresses by https, and nowhere inside."""

import socket

import pytest

from campaign.platforms.addresses import Rules
from campaign.platforms.base import AccountBlocked, NotSent

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2002:a00:1::", "2001:db8::1",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]


@pytest.mark.parametrize("address", INSIDE)
def test_inside_is_not_asked(address: str) -> None:
    assert not Rules().allows(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside_is_asked(address: str) -> None:
    assert Rules().allows(address)


def test_loopback_opens_this_machine_and_nothing_else() -> None:
    rules = Rules(loopback=True)
    assert rules.allows("127.0.0.1")
    assert rules.allows("::1")
    assert not rules.allows("10.1.2.3")
    assert not rules.allows("169.254.169.254")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://social.example/x", "by https"),
        ("ftp://social.example/x", "by https"),
        ("file:///etc/passwd", "not one"),
        ("social.example/x", "not one"),
        ("https://social.example:8443/x", "port 8443"),
        ("https://social.example:99999/x", "not one"),
        ("https://[::1/x", "not one"),
        ("https://user:secret-4711@social.example/x", "name or password"),
        ("http://127.0.0.1/x", "by https"),
        ("http://localhost:8080/x", "by https"),
        ("", "not one"),
    ],
)
def test_address_that_may_not_be_asked_says_why(url: str, why: str) -> None:
    with pytest.raises(AccountBlocked, match=why) as caught:
        Rules().check(url)
    assert "secret-4711" not in str(caught.value)
    assert "/x" not in str(caught.value)


def test_address_that_may_be_asked() -> None:
    Rules().check("https://social.example/x")
    Rules().check("https://social.example:443/x")
    Rules(ports={443, 8443}).check("https://social.example:8443/x")
    Rules(loopback=True).check("http://127.0.0.1:8080/x")
    Rules(loopback=True).check("http://[::1]:8080/x")
    with pytest.raises(AccountBlocked):
        Rules(loopback=True).check("http://social.example/x")


def test_name_is_looked_at_where_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    leads = {"both.example": ["10.0.0.1", "93.184.216.34"], "inside.example": ["10.0.0.1"]}

    def find(host: str, port: int, **_more: object) -> list[object]:
        if host not in leads:
            raise socket.gaierror(8, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in leads[host]]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    assert Rules().resolve("both.example", 443) == [(socket.AF_INET, ("93.184.216.34", 443))]
    with pytest.raises(AccountBlocked, match="inside this network"):
        Rules().resolve("inside.example", 443)
    with pytest.raises(NotSent, match="could not be found"):
        Rules().resolve("nowhere.example", 443)
