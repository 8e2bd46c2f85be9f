"""Whose voice, whose numbers, whose templates; and words in an excerpt's place."""

from pathlib import Path

from campaign.domain.plan import Planned, Sign
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.audit import walk
from campaign.store.engine import open_store
from tests.factories import SetClock, database
from tests.operations.conftest import Refused, Write

STORM = "{storm: {text: 'Our thoughts are with all who were at sea.'}}"
OUTBOX = "{press: {platform: outbox, handle: press}}"


def texts(drafted: Drafted, name: str) -> str:
    return "\n".join(part.text for part in post(drafted, name).message.parts)


def post(drafted: Drafted, name: str) -> Planned:
    return next(one for one in drafted.planned if one.post.key == f"imd-2021/{name}")


def test_a_replacement_has_the_slot_and_the_key_and_other_words(write: Write) -> None:
    before = write()
    after = write(messages=STORM, replace_="{recommendation 4: storm}")
    old, new = (post(one, "recommendation-4/en/x") for one in (before, after))
    assert new.post.due_at == old.post.due_at
    assert new.message.parts[0].text.startswith("Our thoughts are with all who were at sea.")
    assert new.message.declared
    assert "Call 4" not in texts(after, "recommendation-4/en/x")
    rest = [one for one in after.planned if "recommendation-4" not in one.post.key]
    assert rest == [one for one in before.planned if "recommendation-4" not in one.post.key]
    assert after.notes == ()


def test_a_replacement_is_a_change_in_the_queue_and_stands_in_the_audit(
    write: Write, tmp_path: Path, clock: SetClock
) -> None:
    database(tmp_path / "campaign.db")
    store = open_store(tmp_path / "campaign.db", clock)
    before = write(accounts=OUTBOX)
    schedule(store, before, plan(before, store, clock.now()).checksum, "ann")
    after = write(accounts=OUTBOX, messages=STORM, replace_="{recommendation 4: storm}")
    shown = plan(after, store, clock.now())
    assert [(one.sign, one.key) for one in shown.pending] == [
        (Sign.CHANGE, "imd-2021/recommendation-4/en/press")
    ]
    schedule(store, after, shown.checksum, "ann")
    with store.read() as connection:
        records = [one.record for one in walk(connection) if one.record.action == "scheduled"]
    assert records[-1].facts["replace"] == "recommendation-4 = storm"
    assert plan(write(accounts=OUTBOX), store, clock.now()).count(Sign.CHANGE) == 1


def test_what_is_replaced_must_be_in_the_statement(refused: Refused) -> None:
    (problem,) = refused(messages=STORM, replace_="{recommendation 8: storm}")
    assert "has no recommendation 8" in problem.what


def test_numbers_of_what_is_posted_or_of_the_source(write: Write) -> None:
    posted = write(skip="recommendation 2")
    assert "Call 2 of 6" in texts(posted, "recommendation-3/en/mastodon")
    source = write(skip="recommendation 2", number="source")
    assert "Call 3 of 7" in texts(source, "recommendation-3/en/mastodon")
    roundup = texts(source, "roundup/en/linkedin")
    assert roundup.startswith("Seven calls to States and all stakeholders.")
    assert "1." not in roundup
    assert "6. " in texts(posted, "roundup/en/linkedin")


def test_a_partner_names_the_source(write: Write) -> None:
    own, partner = write(), write(voice="partner")
    name = "recommendation-1/en/mastodon"
    assert "Our statement: https://example.org/statement" in texts(own, name)
    said = texts(partner, name)
    assert "UN Network on Migration: https://example.org/statement" in said
    assert all("Our " not in part.text for one in partner.planned for part in one.message.parts)


def test_a_partner_never_says_we_for_somebody_else(write: Write) -> None:
    we = ("the UN Network on Migration urges states", "we urge states")
    drafted = write(we, voice="partner", form="verbatim")
    said = [part.text for one in drafted.planned for part in one.message.parts]
    assert not any("we urge" in text.lower() or "our call" in text.lower() for text in said)


def test_an_own_lead_stands_above_the_statements_words_alone(write: Write) -> None:
    lead = "From our partners:"
    drafted = write(
        accounts=f"{{x: {{handle: a, lead: '{lead}'}}, mastodon: b@c.example}}",
        messages=STORM,
        calendar="\n  - D 08:00 recommendation 5\n  - D 09:00 storm\n  - D 10:00 roundup\n",
    )
    thread = post(drafted, "recommendation-5/en/x").message
    assert thread.parts[0].text.startswith(f"{lead}\nCall 5")
    assert [lead in part.text for part in thread.parts] == [True, False]
    assert all(part.count <= 280 for part in thread.parts)
    assert texts(drafted, "roundup/en/x").startswith(lead)
    assert lead not in texts(drafted, "storm/en/x")
    assert lead not in texts(drafted, "recommendation-5/en/mastodon")
    (note,) = drafted.notes
    assert note.startswith(f'"{lead}" above the posts of x is your own wording: these words do not')
    theirs = "The Network urges all stakeholders, including by:"
    drafted = write(
        accounts=f"{{x: {{handle: a, lead: '{theirs}'}}}}",
        calendar="\n  - D 08:00 recommendation 5\n",
    )
    assert drafted.notes == ()


def test_an_own_lead_is_guarded_like_a_template(refused: Refused) -> None:
    problems = refused(accounts="{x: {handle: a, lead: 'We reached 15,000 people:'}}")
    assert problems
    assert all("15,000" in one.what or "cannot be cut" in one.what for one in problems)
    assert any("15,000" in one.what for one in problems)


def test_a_lead_too_long_for_a_thread_says_so(refused: Refused) -> None:
    lead = "From our partners at the UN Network on Migration:"
    problems = refused(accounts=f"{{x: {{handle: a, lead: '{lead}'}}}}")
    assert all("shorter lead" in problem.mend for problem in problems)


def test_two_accounts_of_x_differ_by_their_lead(write: Write, refused: Refused) -> None:
    calendar = "\n  - D 08:00 recommendation 1\n"
    assert refused(accounts="{x: a, un-x: {platform: x, handle: b}}", calendar=calendar)
    write(
        accounts="{x: a, un-x: {platform: x, handle: b, lead: 'From our partners:'}}",
        calendar=calendar,
    )


def test_templates_of_another_folder(write: Write, tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/headline.j2").write_text("Read this: {{ text }}\n{{ link }}", "utf-8")
    drafted = write(templates="ours")
    assert texts(drafted, "headline/en/mastodon").startswith("Read this: ")
