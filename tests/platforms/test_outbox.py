"""The outbox: a part stands there once, whole, or not at all."""

import json
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.domain.outcome import Receipt
from campaign.platforms.base import DuplicateSafety, NotSent, Rejected, Sending
from campaign.platforms.outbox import Outbox
from tests.factories import DUE, account, clock_at

SENDING = Sending(
    post_key="test-2021/recommendation-1/en/press",
    part=2,
    key="k1",
    body={"text": "Zwei – 二.", "language": "en", "card": "https://example.org"},
    parent=Receipt(remote_id="first.json", published_at=DUE),
)
NAME = "test-2021.recommendation-1.en.press.2.json"


def box(folder: Path, at: timedelta = timedelta(0)) -> Outbox:
    return Outbox(account(), clock=clock_at(DUE + at), folder=folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "outbox").iterdir())


def test_part_stands_there_whole(tmp_path: Path) -> None:
    receipt = box(tmp_path).publish(SENDING)
    assert names(tmp_path) == [NAME]
    assert json.loads((tmp_path / "outbox" / NAME).read_text("utf-8")) == {
        "post": SENDING.post_key,
        "part": 2,
        "key": "k1",
        "account": "press",
        "platform": "outbox",
        "handle": "press-office",
        "in_reply_to": "first.json",
        "published_at": DUE.isoformat(),
        "text": "Zwei – 二.",
        "language": "en",
        "card": "https://example.org",
    }
    assert receipt.remote_id == NAME
    assert receipt.url == (tmp_path / "outbox" / NAME).resolve().as_uri()


def test_same_key_again_is_the_same_file_and_the_same_receipt(tmp_path: Path) -> None:
    first = box(tmp_path).publish(SENDING)
    later = box(tmp_path, timedelta(hours=1))
    assert later.publish(SENDING) == later.find(SENDING) == first
    assert names(tmp_path) == [NAME]


def test_other_key_is_rejected_and_changes_nothing(tmp_path: Path) -> None:
    box(tmp_path).publish(SENDING)
    before = (tmp_path / "outbox" / NAME).read_bytes()
    other = Sending(post_key=SENDING.post_key, part=2, key="k2", body={"text": "Other."})
    for ask in (box(tmp_path).publish, box(tmp_path).find):
        with pytest.raises(Rejected, match="already in the outbox with other content"):
            ask(other)
    assert (tmp_path / "outbox" / NAME).read_bytes() == before
    assert names(tmp_path) == [NAME]


def test_unwritable_folder_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file in the folder's place")
    with pytest.raises(NotSent, match="could not be written: "):
        box(tmp_path).publish(SENDING)


def test_folder_is_the_accounts_own(tmp_path: Path) -> None:
    own = account()
    object.__setattr__(own, "settings", {"folder": "elsewhere"})
    Outbox(own, clock=clock_at(), folder=tmp_path).publish(SENDING)
    assert (tmp_path / "elsewhere" / NAME).exists()


def test_absent_part_is_not_found(tmp_path: Path) -> None:
    assert box(tmp_path).find(SENDING) is None
    assert box(tmp_path).capabilities().duplicate_safety is DuplicateSafety.REPLAY


@pytest.mark.slow
@pytest.mark.parametrize("step", ["fsync", "link"])
def test_kill_before_the_link_leaves_no_part(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(os, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        box(tmp_path).publish(SENDING)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert names(tmp_path) == [f".{NAME}.k1"]
    assert box(tmp_path).find(SENDING) is None
    box(tmp_path).publish(SENDING)
    assert names(tmp_path) == [NAME]
