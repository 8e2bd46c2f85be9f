"""Whose account it is, and that its secrets show nowhere."""

import copy
import io
import logging
import pickle
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.platforms.base import AccountBlocked
from campaign.testing.fake import FakeNetwork
from campaign.testing.faults import FAULTS
from campaign.testing.stand import Stand


class Secrecy(Stand):
    def test_verify_changes_nothing(self, network: FakeNetwork, tmp_path: Path) -> None:
        verified = self.made(network, tmp_path).verify()
        assert network.visible == []
        assert verified.handle is None or verified.handle.lower() == self.handle.lower()

    def test_verify_of_another_account_blocks(self, network: FakeNetwork, tmp_path: Path) -> None:
        adapter = self.made(network, tmp_path)
        if adapter.verify().handle is None:
            pytest.skip("this network does not say whose account it is")
        adapter.account = replace(adapter.account, handle="somebody-else")
        with pytest.raises(AccountBlocked, match="somebody-else"):
            adapter.verify()

    def test_secrets_show_nowhere(
        self, network: FakeNetwork, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        shown = io.StringIO()
        receipt = self.made(network, tmp_path).publish(self.sending())
        for name, fault in FAULTS.items():
            if name in self.accepts or fault.how in ("hang", "drip"):
                continue
            error, _ = self.broken(network, tmp_path, fault)
            traceback.print_exception(error, file=shown)
            self.show(error, shown)
        adapter = self.made(network, tmp_path)
        told = [caplog.text, shown.getvalue(), repr(adapter), repr(adapter.secrets), repr(receipt)]
        told += [repr(vars(adapter)), repr(adapter.account), str(adapter.capabilities())]
        for secret in self.secrets_at(network.url).values():
            assert not [text for text in told if secret in text]
        with pytest.raises(TypeError):
            pickle.dumps(adapter.secrets)

    def show(self, error: BaseException, shown: io.StringIO) -> None:
        """An error with all that it drags along."""
        seen: set[int] = set()
        at: BaseException | None = error
        while at is not None and id(at) not in seen:
            seen.add(id(at))
            print(repr(at), str(at), copy.copy(at.args), file=shown)
            at = at.__cause__ or at.__context__

    def test_environment_leads_nowhere(
        self, network: FakeNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither a proxy nor a .netrc of the machine comes between."""
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login eve password evil-1234567\n")
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        monkeypatch.setenv("HOME", str(tmp_path))
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        self.made(network, tmp_path).publish(self.sending())
        (request,) = network.visible
        assert "ZXZlOmV2aWwtMTIzNDU2Nw==" not in str(request.headers)
