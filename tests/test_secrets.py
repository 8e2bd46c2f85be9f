"""Secrets by reference: followed late, shown never."""

import os
import pickle
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from campaign.errors import CampaignError
from campaign.secrets import Secrets, resolve

CANARY = "canary-7f3a-4711"


def found(folder: Path, reference: str | None = None) -> str:
    settings = {"token": reference} if reference else {}
    return resolve("un-x", settings, ["token"], folder)["token"]


def private(path: Path, text: str = CANARY) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_variable_of_the_account_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_UN_X_TOKEN", f" {CANARY}\n")
    assert found(tmp_path) == CANARY
    monkeypatch.setenv("OTHER", "other-secret")
    assert found(tmp_path, "env:OTHER") == "other-secret"


@pytest.mark.parametrize(
    "line",
    [
        f"NAME={CANARY}",
        f"export NAME = {CANARY}",
        f'NAME="{CANARY}"',
        f"# x\n\nA=b\nNAME='{CANARY}'",
    ],
)
def test_env_file_beside_the_database_stands_in(tmp_path: Path, line: str) -> None:
    private(tmp_path / ".env", line)
    assert found(tmp_path, "env:NAME") == CANARY


def test_environment_wins_over_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private(tmp_path / ".env", "NAME=from-the-file")
    monkeypatch.setenv("NAME", CANARY)
    assert found(tmp_path, "env:NAME") == CANARY


def test_file_is_read(tmp_path: Path) -> None:
    path = private(tmp_path / "token")
    assert found(tmp_path, "file:token") == CANARY
    assert found(tmp_path, f"file:{path}") == CANARY


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o606])
@pytest.mark.parametrize("name", ["token", ".env"])
def test_file_that_others_can_read_is_refused(tmp_path: Path, mode: int, name: str) -> None:
    private(tmp_path / name, f"NAME={CANARY}").chmod(mode)
    reference = "file:token" if name == "token" else "env:NAME"
    with pytest.raises(
        CampaignError, match=r"others on this computer can read it.*chmod 600"
    ) as caught:
        found(tmp_path, reference)
    assert CANARY not in str(caught.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.chown(private(tmp_path / "token"), 12_345, 12_345)
    with pytest.raises(CampaignError, match="belongs to somebody else"):
        found(tmp_path, "file:token")


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (None, "CAMPAIGN_UN_X_TOKEN leads to nothing. Set the variable CAMPAIGN_UN_X_TOKEN"),
        ("env:NONE_SUCH", "env:NONE_SUCH leads to nothing"),
        ("file:none", "could not be read"),
        ("file:.", "is not a file|could not be read"),
        (CANARY, "is not a reference"),
        ("env:", "is not a reference"),
        ("vault:x", "is not a reference"),
    ],
)
def test_reference_that_leads_nowhere_says_how_to_mend_it(
    tmp_path: Path, reference: str | None, said: str
) -> None:
    with pytest.raises(CampaignError, match=said) as caught:
        found(tmp_path, reference)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("content", ["two\nlines", "a\x00b", ""])
def test_what_cannot_be_a_secret_is_refused(tmp_path: Path, content: str) -> None:
    private(tmp_path / "token", content)
    with pytest.raises(CampaignError):
        found(tmp_path, "file:token")


def test_keyring_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Memory(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return CANARY if (service, username) == ("campaign", "un-x") else None

        def set_password(self, service: str, username: str, password: str) -> None: ...

        def delete_password(self, service: str, username: str) -> None: ...

    before = keyring.get_keyring()
    keyring.set_keyring(Memory())  # type: ignore[no-untyped-call]
    try:
        assert found(tmp_path, "keyring:campaign/un-x") == CANARY
        with pytest.raises(CampaignError, match="keyring set campaign nobody"):
            found(tmp_path, "keyring:campaign/nobody")
    finally:
        keyring.set_keyring(before)


def test_secrets_show_their_names_alone() -> None:
    secrets = Secrets({"token": CANARY})
    assert CANARY not in f"{secrets} {secrets!r} {secrets!s} {dict.fromkeys(secrets)}"
    assert "token" in repr(secrets)
    with pytest.raises(TypeError):
        pickle.dumps(secrets)
