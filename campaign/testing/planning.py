"""What an adapter answers while a campaign is planned: from its settings alone, asking nobody."""

import socket

import pytest

from campaign.platforms.base import Carried, DuplicateSafety
from campaign.testing.stand import Stand

UNITS = {
    "letters": "a",
    "accents": "e\u0301",
    "arabic": "هجرة ",
    "chinese": "移民",
    "hindi": "क्षि",
    "family": "👩‍👩‍👧‍👦",
    "flags": "🇨🇭🇺🇳",
    "keycap": "1️⃣",
    "links": "https://example.org/a?b=c&d=e ",
    "mentions": "@un@social.example ",
    "lines": "line\r\n",
}


class Planning(Stand):
    def test_adapter_says_what_it_is(self) -> None:
        adapter = self.adapter
        assert adapter.name
        assert adapter.title
        assert all(adapter.options.values())
        assert all(adapter.needs.values())
        assert set(adapter.needed(self.settings)) <= set(adapter.needs)
        assert not set(adapter.needs) & set(adapter.options)

    def test_planning_asks_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_args: object, **_more: object) -> None:
            raise AssertionError("planning went to the network")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        adapter = self.planned()
        bodies = [self.sending().body]
        assert [adapter.capabilities(), list(adapter.lint(bodies)), adapter.estimate(bodies)] == [
            adapter.capabilities(),
            list(adapter.lint(bodies)),
            adapter.estimate(bodies),
        ]
        assert adapter.network().measure == adapter.capabilities().measure

    def test_good_text_has_no_problem(self) -> None:
        assert list(self.planned().lint([self.sending().body])) == []

    @pytest.mark.parametrize("name", UNITS)
    def test_limit_is_kept_to_the_unit(self, name: str) -> None:
        """One below, at and one above, in whatever script the words are."""
        adapter = self.planned()
        measure = adapter.capabilities().measure
        most = (measure.max_bytes or 4 * measure.limit + 400) - measure.limit
        text = ""
        while len((text + UNITS[name]).encode()) < most:
            if measure.count(text + UNITS[name]) > measure.limit - 2:
                break
            text += UNITS[name] * max(1, measure.limit // 300)
        while measure.count(text) > measure.limit - 2:
            text = text[: -len(UNITS[name])]
        text += "a" * (measure.limit - 1 - measure.count(text))
        assert measure.count(text) == measure.limit - 1
        assert list(adapter.lint([{"text": text}])) == []
        assert list(adapter.lint([{"text": text + "a"}])) == []
        assert list(adapter.lint([{"text": text + "aa"}]))

    def test_empty_text_is_a_problem(self) -> None:
        assert list(self.planned().lint([{"text": " \n"}]))

    def test_nothing_is_dropped_silently(self) -> None:
        """What the network has no place for is said while planning."""
        able = self.planned().capabilities()
        shown = {"card": "https://example.org/", "warning": "War", "visibility": "to nobody"}
        for key, value in shown.items():
            problems = list(self.planned().lint([{"text": "Text.", key: value}]))
            if key not in able.carries or key == Carried.VISIBILITY:
                assert problems, key
        two = [{"text": "One."}, {"text": "Two."}]
        assert bool(list(self.planned().lint(two))) != able.threads

    def test_replay_says_for_how_long(self) -> None:
        self.need(DuplicateSafety.REPLAY)
        assert self.planned().capabilities().replay_for
