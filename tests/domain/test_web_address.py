"""Addresses, and those that only look like one."""

import pytest

from campaign.domain.web_address import fault_of


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c",
        "http://a.example.org:8080",
        "https://пример.рф/а",
        "https://例え.jp",
        "https://日本語テスト.jp",
        "https://xn--e1afmkfd.xn--p1ai",
        "https://bücher.example/ё",
    ],
)
def test_good(address: str) -> None:
    assert fault_of(address) is None


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://a.org", "https://", "https://a b.org", "http://[a"]
)
def test_no_address(address: str) -> None:
    assert fault_of(address) == "is not a web address"


@pytest.mark.parametrize(
    "address", ["https://ехample.org", "https://www.gооgle.com", "https://αpple.org"]
)
def test_mixed_scripts(address: str) -> None:
    assert "letters in its name, as forged links do" in (fault_of(address) or "")
