"""Guards as a person meets them: the shipped campaign with something wrong in it."""

from campaign.domain.plan import Planned
from campaign.operations.draft import Drafted
from tests.operations.conftest import Refused, Write

THANKS = "\n  - D 11:00 thanks\n"


def text(drafted: Drafted, account: str) -> str:
    def is_on(one: Planned) -> bool:
        return one.post.account.name == account

    return next(one for one in drafted.planned if is_on(one)).message.parts[0].text


def test_a_figure_nobody_gave(refused: Refused) -> None:
    own = '{thanks: {text: "Thank you, 15,000 times."}}'
    problem, *_ = refused(messages=own, calendar=THANKS)
    assert problem.what == (
        'thanks on X cannot be posted. It says "15,000", which stands neither in the statement'
        " nor under facts:."
    )
    assert problem.mend == (
        'Mend it, or declare it, as in  facts: {arrivals: {text: "…", source: "…"}}'
    )
    assert (problem.where, problem.column) == ("campaign.yaml", 27)
    assert problem.excerpt == f"messages: {own}"


def test_a_declared_figure_passes_in_every_text(write: Write) -> None:
    own = '{thanks: {text: "Thank you, 15,000 times."}}'
    facts = '{times: {text: "15,000 times", source: "Our count", as-of: 2021-12-01}}'
    assert "15,000" in text(write(messages=own, facts=facts, calendar=THANKS), "x")


def test_a_fact_of_ones_own_stands_in_its_place(write: Write) -> None:
    facts = (
        '{1: {text: "Since 2014, 48,000 migrants have died", source: Missing Migrants Project,'
        " link: https://example.org/data, as-of: 2020-11-30}}"
    )
    drafted = write(facts=facts, calendar="\n  - D 10:00 fact\n")
    assert text(drafted, "x") == (
        "Since 2014, 48,000 migrants have died.\n"
        "(Missing Migrants Project, 30 November 2020) #MigrantsDay https://example.org/data"
    )
    assert drafted.planned[0].message.declared
    assert drafted.notes == ("The figure of fact 1 is of 2020-11-30, more than a year before D.",)


def test_mentions_by_network(write: Write, refused: Refused) -> None:
    own = '{thanks: {text: "Thank you @iom."}}'
    mentions = "{iom: {x: UNmigration, name: the IOM}}"
    drafted = write(messages=own, mentions=mentions, calendar=THANKS)
    assert text(drafted, "x").startswith("Thank you @UNmigration.")
    assert text(drafted, "mastodon").startswith("Thank you the IOM.")
    assert drafted.notes == (
        "iom has no handle on mastodon, bluesky, linkedin: posts print the IOM there.",
    )
    problem, *_ = refused(messages=own, mentions=None, calendar=THANKS)
    assert problem.what == (
        "thanks on X cannot be posted. It mentions @iom, and mentions: does not declare it."
    )
    assert problem.mend.endswith("mentions: {iom: {x: UNmigration, name: IOM}}")


def test_a_mention_in_the_statement_is_declared_too(refused: Refused, write: Write) -> None:
    line = "\n  - D 08:00 recommendation 4 on x\n"
    (problem,) = refused(("Opening avenues", "Opening, with @UNHCR, avenues"), calendar=line)
    assert "recommendation 4 on X cannot be posted. It mentions @UNHCR" in problem.what
    assert problem.mend.startswith("Mend the template, or declare it")
    mentions = "{unhcr: {x: UNHCR}}"
    assert "with @UNHCR," in text(write(mentions=mentions, calendar=line), "x")


def test_one_text_on_two_accounts_of_x(refused: Refused) -> None:
    accounts = "{x: {handle: one}, un-x: {platform: x, handle: two}}"
    (problem,) = refused(accounts=accounts, calendar="\n  - D 08:00 recommendations every 2h\n")
    assert problem.what == (
        "recommendation 1 reads the same on x and un-x, and X forbids one text on several accounts."
    )
    assert problem.mend == "Keep one of them: write  except un-x  at the end of this line."
    assert problem.excerpt == "  - D 08:00 recommendations every 2h"
    assert problem.column == 5


def test_two_accounts_elsewhere_may_say_the_same(write: Write) -> None:
    accounts = "{mastodon: {handle: a@b.example}, un-m: {platform: mastodon, handle: c@b.example}}"
    assert len(write(accounts=accounts).planned) == 24


def test_hashtag_in_small_letters_is_said(write: Write) -> None:
    (note,) = write(hashtags="[migrantsday]").notes
    assert note == (
        "The hashtag migrantsday reads better as MigrantsDay: screen readers hear the words by"
        " their capitals."
    )


def test_spacing_is_two_minutes(refused: Refused, write: Write) -> None:
    lines = "\n  - D 10:00 headline\n  - D 10:01 fact\n"
    (problem,) = refused(calendar=lines)
    assert problem.what == (
        "headline and fact 1 come at 10:00 and 10:01 on x, less than 2 minutes apart."
    )
    assert problem.mend == "Move one of them, or write  spacing: 0m  if you mean it."
    assert problem.excerpt == "  - D 10:01 fact"
    assert len(write(calendar=lines, spacing="1m").planned) == 8


def test_all_at_once_is_too_close(refused: Refused) -> None:
    (problem,) = refused(calendar="\n  - D 10:00 recommendations\n")
    assert problem.mend.startswith("Add  every 2h, or write")


def test_two_messages_with_the_same_words_on_one_account(refused: Refused) -> None:
    own = '{thanks: {text: "Thank you."}, more: {text: "Thank  you."}}'
    calendar = "\n  - D 11:00 thanks on x\n  - D 12:00 more on x\n"
    (problem,) = refused(messages=own, calendar=calendar)
    assert problem.what == (
        "more (en) says word for word what thanks (en, campaign.yaml:27) says,"
        " and x would post both."
    )
    assert problem.mend == (
        "Change one of them, or take it out of the calendar."
        " If you mean it, add again to its line of the calendar."
    )


def test_the_same_words_again_are_meant(write: Write) -> None:
    own = '{thanks: {text: "Thank you."}, more: {text: "Thank you."}}'
    calendar = "\n  - D 11:00 thanks on mastodon\n  - D 12:00 more on mastodon again\n"
    assert len(write(messages=own, calendar=calendar).planned) == 2
