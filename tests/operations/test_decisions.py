"""Links that lead nowhere, excerpts left out, short texts and messages of one's own."""

from pathlib import Path

import pytest

from campaign.domain.plan import Planned
from campaign.domain.statement import Kind
from campaign.errors import CampaignError
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.audit import walk
from campaign.store.engine import open_store
from tests.factories import clock_at, database
from tests.operations.conftest import Refused, Write

SHORT = (
    '{recommendation 3: "Accelerate the 2030 Agenda, so that people are not compelled to leave."}'
)
OUTBOX = "{press: {platform: outbox, handle: press}}"


def post(drafted: Drafted, name: str) -> Planned:
    return next(one for one in drafted.planned if one.post.key == f"imd-2021/{name}")


def refs(drafted: Drafted) -> set[str]:
    return {one.message.ref for one in drafted.planned}


def test_the_shipped_campaign_has_decided(write: Write) -> None:
    drafted = write()
    assert drafted.open == ()
    assert drafted.notes == ()
    assert len(drafted.planned) == 48


def test_links_that_go_nowhere_are_open(write: Write) -> None:
    (only,) = write(links=None).open
    assert str(only) == (
        'statement.en.md: 2 links go nowhere ("#"): "Missing Migrants Project" (footnote 1),'
        ' "concrete and actionable pledges" (recommendation 7). Add them under links:, or write'
        ' omit, as in  links: {"Missing Migrants Project": https://example.org}'
    )


def test_a_link_is_open_only_where_its_words_are_posted(write: Write) -> None:
    drafted = write(links=None, calendar="\n  - D 10:00 quote 1\n")
    assert drafted.open == ()
    assert drafted.notes[0].endswith("(recommendation 7). No post has these words.")


def test_words_of_ones_own_have_no_link_of_the_statement(write: Write) -> None:
    own = '{thanks: {text: "Read the Missing Migrants Project."}}'
    drafted = write(links=None, messages=own, calendar="\n  - D 11:00 thanks on x\n")
    assert drafted.open == ()


def test_one_open_link_is_one(write: Write) -> None:
    (only,) = write(links="{Missing Migrants Project: omit}").open
    assert '1 link goes nowhere ("#"): "concrete and actionable pledges"' in only.what
    assert only.mend.startswith("Add it under links:")


def test_schedule_refuses_while_a_decision_is_open(write: Write, tmp_path: Path) -> None:
    store = open_store(database(tmp_path), clock_at())
    drafted = write(links=None, accounts=OUTBOX)
    shown = plan(drafted, store, store.clock.now())
    with pytest.raises(CampaignError, match=r"1 decision is open, so nothing was scheduled.\n\?"):
        schedule(store, drafted, shown.checksum, "a.diallo")
    schedule(store, drafted, shown.checksum, "a.diallo", simulated=True)


def test_the_audit_keeps_what_was_decided(write: Write, tmp_path: Path) -> None:
    store = open_store(database(tmp_path), clock_at())
    drafted = write(accounts=OUTBOX, skip="[quote 1]", short=SHORT)
    schedule(store, drafted, plan(drafted, store, store.clock.now()).checksum, "a.diallo")
    with store.read() as connection:
        (record,) = [one.record for one in walk(connection) if one.record.action == "scheduled"]
    assert record.facts["skip"] == "quote-1"
    assert record.facts["short"] == (
        "recommendation-3 (en): Accelerate the 2030 Agenda, so that people are not compelled to"
        " leave."
    )
    assert "concrete and actionable pledges = omit" in str(record.facts["links"])


def test_unknown_link_names_the_nearest(refused: Refused) -> None:
    (problem,) = refused(links='{"Missing Migrant Project": omit}')
    assert problem.what == (
        'No link of statement.en.md that goes nowhere reads "Missing Migrant Project".'
    )
    assert problem.mend == "Did you mean Missing Migrants Project?"
    assert problem.column == 9
    assert problem.excerpt == 'links: {"Missing Migrant Project": omit}'


def test_skip_leaves_it_out_and_the_line_stands(write: Write) -> None:
    drafted = write(skip="[quote 1, recommendation 7]")
    assert "quote-1" not in refs(drafted)
    assert "recommendation-7" not in refs(drafted)
    assert len(drafted.planned) == 40


def test_every_does_not_wait_for_what_is_skipped(write: Write) -> None:
    drafted = write(skip="[recommendation 2]")
    assert post(drafted, "recommendation-3/en/x").post.local_time.hour == 10


def test_skip_of_what_is_not_there(refused: Refused) -> None:
    (problem,) = refused(skip="[quote 3]")
    assert (problem.what, problem.mend) == (
        "statement.en.md has no quote 3.",
        "Did you mean quote 2?",
    )
    assert problem.column == 8


def test_short_stands_only_where_a_thread_would_be(write: Write) -> None:
    drafted = write(short=SHORT)
    on_x = post(drafted, "recommendation-3/en/x").message
    (part,) = on_x.parts
    assert part.text == (
        "Call 3 of 7 to States and all stakeholders:\nAccelerate the 2030 Agenda, so that people are"
        " not compelled to leave.\n#MigrantsDay Our statement: https://example.org/statement"
    )
    assert on_x.declared
    assert on_x.place.file == "campaign.yaml"
    on_mastodon = post(drafted, "recommendation-3/en/mastodon").message
    assert not on_mastodon.declared
    assert "sustainable livelihoods" in on_mastodon.words


def test_short_that_is_too_long(refused: Refused) -> None:
    problem, *_ = refused(short=f'{{recommendation 3: "{"Accelerate it. " * 20}"}}')
    assert (
        problem.what == "The short text of recommendation 3 is 380 of 280 weighted characters on X."
    )
    assert problem.mend == "Take 100 out of it."
    assert problem.where == "campaign.yaml"
    assert problem.excerpt is not None


def test_short_of_a_quote_is_a_piece_of_it(write: Write, refused: Refused) -> None:
    drafted = write(short='{quote 2: "The current politicization of migration"}')
    assert "“The current politicization of migration”" in post(
        drafted, "quote-2/en/x"
    ).message.parts[0].text.replace("\n", " ")
    (problem,) = refused(short='{quote 2: "The present politicization of migration"}')
    assert problem.what == (
        "These are not António Vitorino's words, and would stand in quotation marks."
    )
    assert problem.mend == "Copy one piece of quote 2 word for word."


def test_own_message_goes_out_by_its_name(write: Write) -> None:
    own = '{thanks: {text: "Thank you for speaking with one voice.", link: https://example.org/a}}'
    drafted = write(messages=own, calendar="\n  - D+1wd 11:00 thanks on x, bluesky\n")
    on_x = post(drafted, "thanks/en/x")
    assert on_x.post.kind is Kind.MESSAGE
    assert on_x.message.declared
    assert on_x.message.title == "thanks"
    assert on_x.message.parts[0].text == (
        "Thank you for speaking with one voice.\n#MigrantsDay https://example.org/a"
    )
    (part,) = post(drafted, "thanks/en/bluesky").message.parts
    assert part.card == "https://example.org/a"
    assert part.text == "Thank you for speaking with one voice.\n\n#MigrantsDay"


def test_own_message_without_link_has_none(write: Write) -> None:
    drafted = write(messages='{thanks: {text: "Thank you."}}', calendar="\n  - D 11:00 thanks\n")
    (part,) = post(drafted, "thanks/en/bluesky").message.parts
    assert part.card is None
    assert all("http" not in part.text for one in drafted.planned for part in one.message.parts)


def test_own_message_that_is_on_no_line_is_said(write: Write) -> None:
    drafted = write(messages='{thanks: {text: "Thank you."}}')
    assert drafted.notes == ("thanks stands under messages:, but not on the calendar.",)


def test_own_message_may_not_name_the_contact(refused: Refused) -> None:
    problems = refused(
        messages='{ask: {text: "Ask Amara Lindqvist."}}', calendar="\n  - D 11:00 ask on x\n"
    )
    assert problems[0].what.startswith("ask on X cannot be posted.")
    assert problems[0].mend == "Mend this text."
    assert problems[0].line
    assert problems[0].column
