"""`python -m tests.chaos.mutants`: break each promise in a copy of the package; the tests must notice.

Prints a table and exits 1 if a mutant survives, or no longer fits the code.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = (
    "campaign",
    "tests",
    "migrations",
    "messages",
    "examples",
    "pyproject.toml",
    "alembic.ini",
)
PUBLISHER = ("tests/publisher", "tests/test_daemon.py", "tests/platforms/test_transport.py",
             "tests/platforms/test_answers.py")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`old`, which stands once in `file`, becomes `new`."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = PUBLISHER
    is_slow: bool = False


MUTANTS = (
    Mutant(
        name="arm after send",
        file="campaign/publisher/round.py",
        old="armed = queue.arm(tx, good, self.worker, tx.now + self.timing.arm_lease)",
        new="armed = good",
    ),
    Mutant(
        name="no fence in arm",
        file="campaign/store/statements.py",
        old="return query.with_for_update(of=delivery, skip_locked=skip, key_share=True)",
        new="return query",
        tests=("tests/chaos/test_claims.py",),
        is_slow=True,
    ),
    Mutant(
        name="no fence in settle",
        file="campaign/publisher/settle.py",
        old="if not row.is_still(sent):",
        new="if row.id != sent.id:",
    ),
    Mutant(
        name="reaper re-queues armed",
        file="campaign/publisher/reap.py",
        old="queue.move(tx, row.id, State.UNKNOWN, lease_until=None, ready_at=look_at)",
        new="queue.move(tx, row.id, State.QUEUED, lease_until=None, ready_at=look_at)",
    ),
    Mutant(
        name="retry on 500",
        file="campaign/platforms/answers.py",
        old="    raise answer.doubt()\n\n\ndef limited",
        new='    raise NotSent("again") if status == 500 else answer.doubt()\n\n\ndef limited',
    ),
    Mutant(
        name="random key",
        file="campaign/publisher/sender.py",
        old="key=delivery.key,",
        new="key=__import__('uuid').uuid4().hex,",
    ),
    Mutant(
        name="pause only at claim",
        file="campaign/domain/delivery.py",
        old="is_stopped = self.is_blocked or self.is_paused",
        new="is_stopped = self.is_blocked",
    ),
    Mutant(
        name="hash not re-checked",
        file="campaign/domain/delivery.py",
        old="self.state is state and self.is_approved and",
        new="self.state is state and",
    ),
    Mutant(
        name="read time-out is failed",
        file="campaign/platforms/transport.py",
        old='return OutcomeUnknown(f"{host} {what}. It may have been published.")',
        new='return __import__("campaign.platforms.base", fromlist=["x"]).Rejected(what)',
    ),
    Mutant(
        name="sent before the commit",
        file="campaign/daemon.py",
        old="playing = Round(self.store, self.worker, self.timing, self._jumps)\n",
        new="playing = type('Early', (Round,), {'__setattr__': lambda it, name, value:"
        " (object.__setattr__(it, name, value), name == 'armed' and value and (self._hand_over(it),"
        " it.armed.clear(), it.looks.clear()))})"
        "(self.store, self.worker, self.timing, self._jumps)\n",
    ),
    Mutant(
        name="another's attempt closed",
        file="campaign/store/queue.py",
        old="row = open_ones.get((sent.id, sent.gen, sent.worker))",
        new="row = {key[:2]: row for key, row in open_ones.items()}.get((sent.id, sent.gen))",
        tests=("tests/publisher/test_round.py",),
    ),
    Mutant(
        name="look of an older turn",
        file="campaign/publisher/reconcile.py",
        old="if row.state is not State.UNKNOWN or row.gen != looked.delivery.gen:",
        new="if row.state is not State.UNKNOWN:",
        tests=("tests/publisher/test_reconcile.py",),
    ),
    Mutant(
        name="key known for ever",
        file="campaign/publisher/reconcile.py",
        old="is_known = tx.now - tried.first < looked.replay_for",
        new="is_known = tx.now - tried.last < looked.replay_for",
        tests=("tests/publisher/test_reconcile.py",),
    ),
    Mutant(
        name="permission not handed on",
        file="campaign/publisher/sender.py",
        old="sending(armed.delivery), starts_by=starts_by, within",
        new="sending(armed.delivery), within",
        tests=("tests/publisher/test_sender.py",),
    ),
    Mutant(
        name="held rows take permits",
        file="campaign/store/statements.py",
        old="        ~is_paused(),\n    )\n    .order_by(delivery.c.ready_at, delivery.c.id)",
        new="    )\n    .order_by(delivery.c.ready_at, delivery.c.id)",
        tests=("tests/publisher/test_round.py",),
    ),
    Mutant(
        name="late post goes",
        file="campaign/publisher/round.py",
        old="if row.is_too_late(tx.now):",
        new="if False:",
        tests=("tests/publisher/test_round.py",),
    ),
    Mutant(
        name="limit forgets doubts",
        file="campaign/store/queue.py",
        old="attempt.c.outcome.is_(None) | (attempt.c.outcome != Result.NOT_SENT),",
        new="attempt.c.outcome.is_(None) | (attempt.c.outcome == Result.PUBLISHED),",
        tests=("tests/publisher/test_limits.py",),
    ),
    Mutant(
        name="KILL not looked at",
        file="campaign/daemon.py",
        old="not self.senders.is_stopping and not self.kill_file.exists()",
        new="not self.senders.is_stopping",
        tests=("tests/test_daemon.py",),
    ),
    Mutant(
        name="start waits for leases",
        file="campaign/daemon.py",
        old="everything=self._watch.is_alone",
        new="everything=False",
        tests=("tests/test_daemon.py",),
    ),
    Mutant(
        name="move outside the table",
        file="campaign/store/triggers.py",
        old="OLD.state <> NEW.state AND NOT ({moves})",
        new="OLD.state = '{State.PUBLISHED}' AND NOT ({moves})",
        tests=("tests/store/test_triggers.py",),
    ),
    Mutant(
        name="chain not followed",
        file="campaign/operations/audit.py",
        old="if record.prev_hash != previous:",
        new="if record.prev_hash == link.hash:",
        tests=("tests/store/test_audit.py",),
    ),
    Mutant(
        name="no of a dropped role",
        file="campaign/domain/approval.py",
        old="return not self.missing and not self.rejections",
        new="return not self.missing",
        tests=("tests/operations/test_rule_change.py",),
    ),
    Mutant(
        name="no overruled",
        file="campaign/operations/schedule.py",
        old="not stands.is_complete and not stands.rejection and said",
        new="not stands.is_complete and said",
        tests=("tests/operations/test_rule_change.py",),
    ),
    Mutant(
        name="proof denied",
        file="campaign/operations/resolve.py",
        old="if doubts.has_proof(tx, row):",
        new="if False:",
        tests=("tests/operations/test_second_chances.py",),
    ),
    Mutant(
        name="edit keeps its approval",
        file="campaign/store/edits.py",
        old='fresh = {"approved_hash": None, "reason"',
        new='fresh = {"reason"',
        tests=("tests/operations/test_review.py", "tests/operations/test_schedule.py"),
    ),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only mutants with these words in their names")
    words = parser.parse_args().words
    wanted = [one for one in MUTANTS if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="campaign-mutants-") as folder:
        copy = Path(folder)
        for name in COPIED:
            _copy(name, copy)
        quick = dict.fromkeys(test for one in wanted if not one.is_slow for test in one.tests)
        green, _ = _run(copy, tuple(quick)) if quick else (None, 0)
        if green is not None:
            print(f"Without any mutant {green} fails: mend that first.")
            return 1
        return int(False in [_try(copy, mutant) for mutant in wanted])


def _copy(name: str, to: Path) -> None:
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    elif (ROOT / name).exists():
        shutil.copy(ROOT / name, to / name)


def _try(copy: Path, mutant: Mutant) -> bool:
    """Apply it, run the tests, take it back. Prints its row; True when it was noticed."""
    path = copy / mutant.file
    sound = path.read_text()
    if sound.count(mutant.old) != 1:
        print(f"{mutant.name:24} {mutant.file}  no longer fits the code", flush=True)
        return False
    line = sound[: sound.index(mutant.old)].count("\n") + 1
    path.write_text(sound.replace(mutant.old, mutant.new))
    killer, seconds = _run(copy, mutant.tests, is_slow=mutant.is_slow)
    path.write_text(sound)
    place = f"{mutant.file}:{line}"
    print(f"{mutant.name:24} {place:40} {killer or 'SURVIVED'}  {seconds:.0f} s", flush=True)
    return killer is not None


def _run(copy: Path, tests: tuple[str, ...], *, is_slow: bool = False) -> tuple[str | None, float]:
    """The first test that fails, and how long that took."""
    begun = time.monotonic()
    command = [
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-m",
        "slow" if is_slow else "not slow and not servers",
    ]
    done = subprocess.run(
        [sys.executable, *command, *tests], cwd=copy, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}, timeout=3600,
    )  # fmt: skip
    seconds = time.monotonic() - begun
    if done.returncode == 0:
        return None, seconds
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if done.returncode != 1 or failed is None or failed[0].startswith("ERROR"):
        raise SystemExit(f"The tests could not run:\n{done.stdout[-3000:]}{done.stderr[-1000:]}")
    return failed[1], seconds


if __name__ == "__main__":
    sys.exit(main())
