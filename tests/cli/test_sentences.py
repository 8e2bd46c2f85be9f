"""What people are told, sentence by sentence: SCREENS §1.1 and §3, CONTENT §7 and §9. Each is produced
by a real file, through the real command, and compared word by word.

Not here: M8 (a picture without a description; pictures are a later issue), and M9 and M10, which the
whole screens of `status` show. The year is 2026, the day 1 June.
"""

from dataclasses import dataclass, field

import pytest

from tests.cli.conftest import STATEMENT as SEED
from tests.cli.story import CAMPAIGN, FRENCH, STATEMENT, Story, prose, swapped

SEEDED = """\
id: imd-2026
campaign: International Migrants Day 2026
day: international-migrants-day 2026
issued: 2021-12-18
timezone: Europe/Zurich
statement: statement.en.md
accounts:
  un-x: {platform: x, handle: UNMigration}
calendar:
  - D 12:00 recommendation 3
  - D 14:00 recommendation 7
form: imperative
"""
OMIT = "links: {Missing Migrants Project: omit, concrete and actionable pledges: omit}\n"
THANKS = {"  - D 17:00 quote 1\n": "  - D 17:00 thanks\n"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is changed in the story's file (or the shipped statement's), and what is then said."""

    said: str
    swap: dict[str, str] = field(default_factory=dict)
    more: str = ""
    seed: bool = False
    typed: str = "check"
    french: dict[str, str] = field(default_factory=dict)
    edited: dict[str, str] = field(default_factory=dict)  # in the statement, after scheduling


CASES = {
    "an unknown key": Case(
        swap={"handle: UNSchools": "handle: UNSchools, langauge: fr"},
        said='"langauge" is not a key of an account. Did you mean language?',
    ),
    "an unknown message": Case(
        swap={"recommendations every": "recomendations every"},
        said='"recomendations" is not a message. Did you mean recommendations?',
    ),
    "no partner": Case(
        french={"- payer tous les enseignants, et former ceux qui enseignent sans diplôme ;\n": ""},
        said="2 recommendations here, 3 in statement.en.md. They must match one to one. No partner in"
        " French for English 2, “pay every teacher in full, train those…”. Add it, or write skip: {fr:"
        " [recommendation 2]} to leave it out in French only.",
    ),
    "M1 hashtags with #": Case(
        more="hashtags: #Schools\n",
        said='hashtags is empty. "#" starts a comment in YAML; write Schools without it.',
    ),
    "M2 a handle with @": Case(
        swap={"handle: UNSchools": "handle: @UNSchools"},
        said='A value cannot start with "@" in YAML. Write UNSchools; we add the @.',
    ),
    "M3 a colon in a text": Case(
        swap={"campaign: Schools 2026": "campaign: Live: the event"},
        said='"Live: the event" has a colon, so YAML reads a key. Put the text in quotes: "Live: the'
        ' event".',
    ),
    "M4 a tab": Case(
        swap={"  un-x:": "\tun-x:", "  un-mastodon:": "\tun-mastodon:", "  desk:": "\tdesk:"},
        said="A tab. YAML wants spaces: two before un-x."
        ' "campaign check --fix" replaces the 3 tabs in this file.',
    ),
    "M5 Geneva": Case(
        swap={"Europe/Zurich": "Geneva"},
        said='"Geneva" is not a time zone name. Did you mean Europe/Zurich?',
    ),
    "M5 CET": Case(
        swap={"Europe/Zurich": "CET"},
        said='"CET" is not a time zone name. Did you mean Europe/Zurich?',
    ),
    "M6 last year's file": Case(
        swap={"date: 2026-06-12": "day: international-migrants-day 2025"},
        said="campaign.yaml:3 18 December 2025 was 5 months ago. Did you mean 2026 (a Friday)?",
    ),
    "M6 in the plan": Case(
        swap={"date: 2026-06-12": "date: 2024-02-29"},
        typed="plan",
        said="campaign.yaml:3 29 February 2024 was 2 years ago. Is the year right?",
    ),
    "M7 too long for one post": Case(
        seed=True,
        more=OMIT,
        said="recommendation 3 is 354 of 280 on un-x. It becomes a thread, 279 and 82; no word is cut."
        ' For one post write short: {recommendation 3: "…"}.',
    ),
    "M7 in the preview": Case(
        seed=True,
        more=OMIT,
        typed="preview recommendation-3",
        said='For one post add to the campaign file short: {recommendation 3: "…"}',
    ),
    "twice on the calendar": Case(
        swap={"  - D 17:00 quote 1\n": "  - D 17:00 quote 1\n  - D 19:00 headline on un-x\n"},
        said="headline is on the calendar twice for un-x (lines 13, 16). If you mean it, add again to"
        " line 16.",
    ),
    "inside the embargo": Case(
        swap={
            "handle: UNSchools": "handle: UNSchools, timezone: Asia/Bangkok",
            "2h": "2h on un-x local",
        },
        more="embargo: D 06:00\n",
        said='"un-x" 08:00 local is 03:00 in Zurich, inside the embargo until 06:00. Move it or the'
        " embargo.",
    ),
    "links that go nowhere": Case(
        seed=True,
        swap={"recommendation 3": "fact"},
        said='statement.en.md: 2 links go nowhere ("#"): "Missing Migrants Project" (footnote 1),'
        ' "concrete and actionable pledges" (recommendation 7). Add them under links:, or write omit,',
    ),
    "a year that is missing": Case(
        seed=True,
        more=OMIT,
        swap={"migrants-day 2026": "migrants-day"},
        said="The year is missing. Write it behind the name: international-migrants-day 2026",
    ),
    "a statement without its date": Case(
        seed=True,
        more=OMIT,
        swap={"issued: 2021-12-18\n": ""},
        said='"in advance of the IMRF" is true only at one time. Write the date of statement.en.md'
        " itself, as in issued: 2026-12-18",
    ),
    "a Saturday": Case(
        swap={"date: 2026-06-12": "date: 2026-06-13"},
        typed="plan",
        said="13 Jun 2026 is a Saturday: approve its 16 posts by Fri 12 Jun 08:00 Zurich (1 working day"
        " before the first).",
    ),
    "phrases that have passed": Case(
        seed=True,
        more=OMIT,
        swap={"  - D 14:00 recommendation 7\n": ""},
        said='"first International Migration Review Forum" (paragraph 2), "next May" (paragraph 2),'
        ' "third anniversary" (paragraph 8) and "in advance of the IMRF" (paragraph 16) have passed; no'
        " post says them.",
    ),
    "a line whose time has passed": Case(
        swap={"D-2 10:00": "D-20 10:00"},
        typed="plan",
        said="Sat 23 May 10:00 has passed: headline is left out, its 4 posts are not planned.",
    ),
    "a missing zone": Case(
        seed=True,
        more=OMIT,
        swap={"timezone: Europe/Zurich\n": ""},
        said="timezone is missing; it is never guessed. Add timezone: Europe/Zurich (the statement is"
        " dated Geneva).",
    ),
    "no link": Case(
        swap={"link: https://example.org/schools\n": "link: {en: https://example.org/schools}\n"},
        said="There is no link: for French, so posts end with the source's name instead: Réseau pour les"
        " écoles.",
    ),
    "X forbids twins": Case(
        swap={"  desk:": "  un-x-2: {platform: x, handle: Other}\n  desk:"},
        said="reads the same on un-x and un-x-2, and X forbids one text on several accounts. Keep one of"
        " them: write except un-x-2 at the end of this line.",
    ),
    "no threads there": Case(
        swap={
            "recommendations every 2h": "recommendations as thread",
            "platform: webhook": "platform: linkedin",
        },
        said="LinkedIn has no threads: there all recommendations are one post.",
    ),
    "a message without one language": Case(
        swap=THANKS,
        more='messages: {thanks: {text: "Thank you all."}}\n',
        said="thanks has no text in French, so it is left out.",
    ),
    "a replacement without one language": Case(
        more='messages: {storm: {text: "We mourn."}}\nreplace: {recommendation 2: storm}\n',
        said="storm replaces recommendation 2 and has no text in French: nothing goes out there in its"
        " place.",
    ),
    "a name without a handle": Case(
        swap=THANKS,
        more='messages: {thanks: {text: {en: "Thank you @iom.", fr: "Merci @iom."}}}\n'
        "mentions: {iom: {x: UNmigration, name: IOM}}\n",
        said="iom has no handle on mastodon, webhook: posts print IOM there.",
    ),
    "a mention that nobody declared": Case(
        swap=THANKS,
        more='messages: {thanks: {text: {en: "Thank you @iom.", fr: "Merci."}}}\n',
        said="It mentions @iom, and mentions: does not declare it.",
    ),
    "a figure without a date": Case(
        more='facts: {1: {text: {en: "We count 12 schools.", fr: "Douze."}, source: Us}}\n',
        said="The figure of fact 1 has no date. Write one, as in as-of: 2026-06-12",
    ),
    "an old figure": Case(
        more='facts: {1: {text: {en: "We count 12 schools.", fr: "Douze."}, source: Us,'
        " as-of: 2024-01-31}}\n",
        said="The figure of fact 1 is of 2024-01-31, more than a year before D.",
    ),
    "a lead of one's own": Case(
        swap={"handle: UNSchools": 'handle: UNSchools, lead: "From our partners at the Network:"'},
        said='"From our partners at the Network:" above the posts of un-x is your own wording: these words'
        " do not stand so in the statement's call.",
    ),
    "an account's language without a statement": Case(
        swap={"[en, fr]": "[en, fr, es]"},
        said="un-mastodon speaks Spanish, but statement: has no file in Spanish.",
    ),
    "an embargo in the preview": Case(
        more="embargo: D-2 06:00\n",
        typed="preview headline --on un-x",
        said="EMBARGO until Wed 10 Jun 06:00 Zurich",
    ),
    "what was edited in one language": Case(
        typed="plan",
        edited={"by September": "by October"},
        said="recommendation 1 was edited in English; French was not. Do they still say the same?",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_sentence(story: Story, name: str) -> None:
    case = CASES[name]
    story.person.writes("statement.fr.md", swapped(FRENCH, case.french))
    if case.seed:
        story.person.writes("statement.en.md", SEED.read_text("utf-8"))
    story.writes(swapped(SEEDED if case.seed else CAMPAIGN, case.swap) + case.more)
    if case.edited:
        story.schedules()
        story.person.writes("statement.en.md", swapped(STATEMENT, case.edited))
    assert case.said in prose(story.types(case.typed).text)
