"""What is what after an edit: numbers and accounts keep their names, and nothing goes out again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.campaign import Account
from campaign.domain.message import text_hash
from campaign.domain.plan import Sign
from campaign.errors import UsageError
from campaign.operations.cancel import cancel
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import refuse_removals, schedule
from campaign.store.engine import Store
from tests.books import rows, states
from tests.factories import DUE, SetClock, account, drafted, fill
from tests.publisher.stand import PUBLISHED, Stand, settled

CALLS = [
    "Recognize the duty to protect the rights of all migrants everywhere.",
    "Maximize what diasporas can contribute as partners in development.",
    "Open more avenues for regular migration as an alternative to danger.",
]
NEW = "Dismantle the criminal groups that engage in smuggling and trafficking."


def calls(texts: Sequence[str], accounts: Sequence[Account] = ()) -> Drafted:
    """A campaign of these calls, without their numbers in the words, one every two hours."""
    wanted = drafted([(text,) for text in texts], every=timedelta(hours=2), accounts=accounts)
    planned = []
    for one in wanted.planned:
        text = texts[one.message.number - 1]
        part = replace(one.message.parts[0], body=text)
        message = replace(one.message, parts=(part,))
        planned.append(
            replace(one, message=message, post=replace(one.post, text_hash=text_hash([text])))
        )
    return replace(wanted, planned=tuple(planned))


def shown(store: Store, texts: Sequence[str]) -> list[tuple[str, str]]:
    made = plan(calls(texts), store, store.clock.now())
    return [(str(c.sign), c.key.split("/")[1].rpartition("-")[2]) for c in made.changes]


def test_inserted_item_gets_a_new_number_and_the_others_keep_theirs(store: Store) -> None:
    fill(store, calls(CALLS))
    now = [CALLS[0], NEW, *CALLS[1:]]
    signs = {number: sign for sign, number in shown(store, now)}
    assert signs == {"1": " ", "4": "+", "2": "~", "3": "~"}  # 2 and 3 say another number in front
    fill(store, calls(now))
    query = "SELECT key, body ->> 'text' FROM post JOIN delivery ON post_id = post.id ORDER BY key"
    found = {key.split("/")[1]: text for key, text in rows(store.place, query)}
    assert found["recommendation-4"].endswith(NEW)
    assert found["recommendation-3"].endswith(CALLS[2])
    assert not plan(calls(now), store, store.clock.now()).is_pending


def test_sent_item_is_not_sent_again_when_another_is_inserted_before_it(
    store: Store, stand: Stand, clock: SetClock
) -> None:
    fill(store, calls(CALLS))
    clock.skip_to(DUE)
    stand.sends_one(PUBLISHED)
    now = [NEW, *CALLS]
    assert ("=", "1") in shown(store, now)
    fill(store, calls(now))
    for _ in range(8):
        clock.pass_time(timedelta(hours=1))
        stand.sends(PUBLISHED)
    query = "SELECT text_hash, count(*) FROM post JOIN delivery ON post_id = post.id WHERE state = 'published' GROUP BY 1"
    assert [times for _, times in rows(store.place, query)] == [1, 1, 1, 1]


def test_edited_item_keeps_its_number_though_another_is_inserted_before_it(store: Store) -> None:
    fill(store, calls(CALLS))
    better = CALLS[1].replace("partners", "equal partners")
    signs = {number: sign for sign, number in shown(store, [CALLS[0], NEW, better, CALLS[2]])}
    assert signs == {"1": " ", "4": "+", "2": "~", "3": "~"}


def test_removed_item_leaves_the_others_their_numbers(store: Store) -> None:
    fill(store, calls(CALLS))
    signs = {number: sign for sign, number in shown(store, CALLS[1:])}
    assert signs == {"1": "-", "2": "~", "3": "~"}


def test_corrected_item_that_was_sent_is_said_and_not_sent_again(
    store: Store, stand: Stand, clock: SetClock
) -> None:
    fill(store, calls(CALLS))
    clock.skip_to(DUE)
    stand.sends_one(PUBLISHED)
    corrected = [CALLS[0].replace("everywhere", "in every place"), *CALLS[1:]]
    made = plan(calls(corrected), store, clock.now())
    assert [c.sign for c in made.changes] == [Sign.SENT, Sign.SAME, Sign.SAME]
    assert "was sent with the old ones already" in made.notes[0]


CHINESE = [
    "承认保护各地所有移民权利的首要义务，无论其身份如何",
    "最大限度发挥散居国外者作为发展伙伴的贡献",
]


def test_corrected_item_is_known_in_a_script_without_spaces(
    store: Store, stand: Stand, clock: SetClock
) -> None:
    fill(store, calls(CHINESE))
    clock.skip_to(DUE)
    stand.sends_one(PUBLISHED)
    now = [NEW, CHINESE[0].replace("各地", "世界各地"), CHINESE[1].replace("伙伴", "主要伙伴")]
    assert shown(store, now) == [("+", "3"), ("=", "1"), ("~", "2")]


def test_item_corrected_step_by_step_is_the_same_where_the_first_words_went_out(
    store: Store, stand: Stand, clock: SetClock
) -> None:
    """The last words have little in common with those on press, but much with those on radio."""
    both = (account(), account("radio"))
    fill(store, calls(CALLS, both))
    clock.skip_to(DUE)
    (first,) = stand.play(free=1).armed
    stand.play(settled(first, PUBLISHED), may_arm=False)
    second = "Recognize the duty to protect the lives and dignity of workers abroad."
    fill(store, calls([second, *CALLS[1:]], both))
    third = "Respect and safeguard the lives and dignity of workers at sea."
    made = plan(calls([third, *CALLS[1:]], both), store, clock.now())
    signs = {c.key.partition("/")[2]: str(c.sign) for c in made.changes if c.sign is not Sign.SAME}
    assert signs == {"recommendation-1/en/press": "=", "recommendation-1/en/radio": "~"}


def test_item_that_a_person_cancelled_gives_its_number_to_no_other(store: Store) -> None:
    """Words that nobody has cancelled must not be lost under the name of those that were."""
    fill(store, calls(CALLS))
    cancel(store, "post:recommendation-2", "no", "Ada")
    assert shown(store, [CALLS[0], NEW, CALLS[2]]) == [(" ", "1"), ("+", "4"), (" ", "3")]


def test_item_that_a_person_cancelled_stays_so_though_corrected_and_shifted(store: Store) -> None:
    fill(store, calls(CALLS))
    cancel(store, "post:recommendation-2", "no", "Ada")
    better = CALLS[1].replace("partners", "equal partners")
    made = plan(calls([CALLS[0], NEW, better, CALLS[2]]), store, store.clock.now())
    words = {c.key.split("/")[1]: (str(c.sign), c.wanted.message.words) for c in made.changes}
    assert words["recommendation-2"] == (">", better)
    assert words["recommendation-4"] == ("+", NEW)
    assert "with campaign retry --at" in made.notes[-1]


def test_renamed_account_is_the_same_account(store: Store) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    before = rows(store.place, "SELECT * FROM post"), rows(store.place, "SELECT * FROM account")
    other = replace(account(), name="newsroom")
    wanted = drafted([("One.",), ("Two.",)], accounts=[other])
    made = plan(wanted, store, store.clock.now())
    assert not made.is_pending
    assert made.notes[0].startswith("press is called newsroom in the file now.")
    fill(store, drafted([("One.",), ("Two.",), ("Three.",)], accounts=[other]))
    assert rows(store.place, "SELECT * FROM post WHERE id < 3") == before[0]
    assert rows(store.place, "SELECT * FROM account") == before[1]
    assert len(states(store)) == 3


def test_plan_that_removes_much_wants_the_number(store: Store) -> None:
    texts = [(f"{n}.",) for n in range(10)]
    fill(store, drafted(texts))
    few = plan(drafted(texts[:7]), store, store.clock.now())
    refuse_removals(few, None)  # three of ten
    many = plan(drafted(texts[:6]), store, store.clock.now())
    for wrong in (None, 3, 5):
        with pytest.raises(UsageError, match=r"removes 4 of the 10 posts .*--remove 4"):
            refuse_removals(many, wrong)
    refuse_removals(many, 4)


def test_only_leaves_the_rest_and_the_campaign_as_they_are(store: Store) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    wanted = drafted([("One, better.",), ("Two, better.",)])
    object.__setattr__(wanted.campaign, "title", "Half edited")
    made = plan(wanted, store, store.clock.now(), ["recommendation-2"])
    assert [(c.sign, c.wanted.message.number) for c in made.changes] == [(Sign.CHANGE, 2)]
    schedule(store, wanted, made.checksum, "Ada", only=["recommendation-2"], simulated=True)
    assert rows(store.place, "SELECT title FROM campaign") == [("Test",)]
    texts = [t for (t,) in rows(store.place, "SELECT body ->> 'text' FROM delivery ORDER BY id")]
    assert texts == ["1 One.", "2 Two, better."]
    with pytest.raises(UsageError, match="No post is called"):
        plan(wanted, store, store.clock.now(), ["nothing"])
