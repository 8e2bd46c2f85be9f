"""Each verb that writes, on a database that cannot be written: one sentence, exit 1, nothing done."""

import importlib
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from campaign.store import dialects
from campaign.store.dialects import LOCKS, TURN
from campaign.store.place import Server
from tests.books import opened
from tests.cli.conftest import RULE, Person, Screen, sit_down, snapshot
from tests.cli.desk import HEADLINE, USUAL, Desk
from tests.cli.visitor import as_nobody, read_only_copy
from tests.factories import SetClock
from tests.postgres import Cluster
from tests.publisher.fuse import in_child
from tests.publisher.stand import UNKNOWN

pytestmark = pytest.mark.slow

CALENDAR = (*USUAL, "D 13:00 recommendation 1")
MORE = (*CALENDAR, "D 14:00 recommendation 2")
URL = "https://social.example/@press/123"
VERBS = {
    "approve": "approve quote-1 --as cy",
    "reject": "reject quote-1 --reason old --as cy",
    "revoke": "revoke quote-1 --as ann",
    "pause": "pause --all",
    "resume": "resume --language en",
    "cancel": "cancel quote-1",
    "retry": "retry recommendation-1",
    "resolve there": f"resolve headline --url {URL}",
    "resolve absent": "resolve headline --absent --reason looked",
    "schedule": "schedule --yes",
    "schedule a plan": "schedule --plan plan.json",
}


def busy(desk: Desk) -> Desk:
    """A campaign in which each verb has something to do: see the first test."""
    desk.begins(RULE, CALENDAR)
    desk.both_approve("headline")
    desk.approves("ann", "quote-1")
    desk.works("cancel", "recommendation-1")
    desk.is_at(10)
    assert desk.sends(UNKNOWN) == [HEADLINE]
    desk.is_at(10, 15)
    desk.works("pause", "--language", "en")
    desk.writes(RULE, MORE)
    desk.works("plan", "--out", "plan.json")
    return desk


@pytest.fixture
def office(file_desk: Desk) -> Desk:
    return busy(file_desk)


def tries(person: Person, verb: str) -> Screen:
    answers = ["y"] if verb == "approve" else None
    return person.types(*VERBS[verb].split(), answers=answers)


def is_one_sentence(screen: Screen, *says: str) -> bool:
    assert screen.code == 1, screen.text
    assert all(each in screen.err for each in says), screen.err
    assert "fault in campaign" not in screen.err
    return len(screen.err.splitlines()) == 1


@pytest.mark.parametrize("verb", VERBS)
def test_each_of_them_writes_where_it_can(office: Desk, verb: str) -> None:
    before = office.dump()
    screen = tries(office.person, verb)
    assert screen.code == 0, screen.text
    assert office.dump() != before


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
@pytest.mark.parametrize("verb", VERBS)
def test_locked(office: Desk, verb: str, lock: str) -> None:
    office.person.patch.setattr("campaign.store.dialects.BUSY_SECONDS", 0.05)
    before = office.dump()
    assert isinstance(office.place, Path)
    holder = sqlite3.connect(office.place, isolation_level=None)
    holder.execute(f"BEGIN {lock}")
    try:
        screen = tries(office.person, verb)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert is_one_sentence(
        screen, "campaign.db is locked by another program", "Nothing was changed."
    )
    assert office.dump() == before


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("verb", VERBS)
def test_read_only(office: Desk, open_folder: Path, verb: str) -> None:
    for name in ("review", "control", "second_chances", "planning", "plan_file"):
        importlib.import_module(f"campaign.cli.{name}")  # nobody may not read root's own Python
    for name in ("cancel", "retry", "resolve", "schedule", "review", "amendments"):
        importlib.import_module(f"campaign.operations.{name}")
    read_only_copy(office.person.folder, open_folder)
    before = snapshot(open_folder)
    visitor = Person(open_folder, office.person.patch, office.person.capture)

    def try_it() -> None:
        screen = tries(visitor, verb)
        assert is_one_sentence(screen, "campaign.db is read-only.", "Nothing was changed.")

    as_nobody(try_it)
    assert snapshot(open_folder) == before


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE is POSIX's")
@pytest.mark.parametrize("verb", VERBS)
def test_full(office: Desk, verb: str) -> None:
    """The kernel lets no file grow: nothing is half written."""
    import resource

    before = office.dump()

    def try_it() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))
        screen = tries(office.person, verb)
        assert is_one_sentence(screen, "The disk of campaign.db is full", "Nothing was changed.")

    assert in_child(try_it) == 0
    assert office.dump() == before


@pytest.fixture
def server_office(
    author: Person, server: Server, cluster: Cluster, clock: SetClock, shelf: Path
) -> Desk:
    """The same campaign on a server's database of its own, whose settings may be changed."""
    author.patch.setenv("CAMPAIGN_DATABASE_URL", cluster.url(server.name))
    return busy(sit_down(author, server, clock, shelf))


def test_every_verb_on_a_server_whose_lock_is_held(server_office: Desk) -> None:
    server_office.person.patch.setattr(dialects, "TURN_SECONDS", 0.05)
    before = server_office.dump()
    with opened(server_office.place) as holder:
        holder.execute("SELECT pg_advisory_lock(%s, %s)", (LOCKS, TURN))
        for verb in VERBS:
            screen = tries(server_office.person, verb)
            assert is_one_sentence(screen, "is busy: a lock was waited for in vain."), verb
    assert server_office.dump() == before


def test_every_verb_on_a_server_that_is_read_only(server_office: Desk, cluster: Cluster) -> None:
    assert isinstance(server_office.place, Server)
    name = server_office.place.name
    before = server_office.dump()
    cluster.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    for verb in VERBS:
        screen = tries(server_office.person, verb)
        assert is_one_sentence(screen, "is read-only", "Nothing was changed."), verb
    assert server_office.dump() == before


def test_an_empty_database_is_brought_up_by_the_command_that_is_shown(
    author: Person, cluster: Cluster
) -> None:
    empty = cluster.create()
    url = cluster.url(empty.name)
    refused = author.types("status", "--database", url)
    assert refused.err == (
        f"{url} is empty. Bring it up once, for all who use it:"
        f"  campaign db upgrade --database '{url}'\n"
    )
    assert author.types("db", "upgrade", "--database", url).code == 0
    assert author.types("status", "--database", url).code == 0
