"""What an adapter answers while a campaign is planned: from its settings alone, asking nobody."""

import socket

import pytest

from campaign.platforms.base import Carried, DuplicateSafety
from campaign.testing.stand import Stand


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

    def test_limit_is_kept_to_the_unit(self) -> None:
        measure = self.planned().capabilities().measure
        fill = "a" * (measure.limit - measure.count("a") + 1)
        assert measure.count(fill) == measure.limit
        assert list(self.planned().lint([{"text": fill}])) == []
        assert list(self.planned().lint([{"text": fill + "a"}]))

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
