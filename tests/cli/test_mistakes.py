"""What a press officer writes in a hurry: each mistake is one problem, in one kind sentence, with its
line, a caret, and what was meant.
"""

import re

import pytest

from tests.cli.story import CAMPAIGN, Story, prose

PEOPLE = "people: {comms: [a.diallo, m.ito], legal: [r.haddad]}"
# name: (what stands in the file, what is written instead, the place, what is said)
MISTAKES = {
    "a date by day": ("2026-06-12", "25/06/2026", "3:7", '"25/06/2026" is not a date. Did you mean 2026-06-25?'),
    "a date that may be two": ("2026-06-12", "12/06/2026", "3:7", '"12/06/2026" is not a date. Did you mean 2026-06-12 or 2026-12-06?'),
    "a date in words": ("2026-06-12", "12 June 2026", "3:7", '"12 June 2026" is not a date. Did you mean 2026-06-12?'),
    "a date in American words": ("2026-06-12", "June 12, 2026", "3:7", '"June 12, 2026" is not a date. Did you mean 2026-06-12?'),
    "a time with h": ("D 17:00", "D 17h00", "15:7", '"17h00" is not a time. Did you mean 17:00?'),
    "a time with a dot": ("D 17:00", "D 17.00", "15:7", '"17.00" is not a time. Did you mean 17:00?'),
    "half past five pm": ("D 17:00", "D 5:30pm", "15:7", '"5:30pm" is not a time. Did you mean 17:30?'),
    "five pm in two words": ("D 17:00", "D 5 pm", "15:7", '"5 pm" is not a time. Did you mean 17:00?'),
    "twelve am": ("D 17:00", "D 12:15 am", "15:7", '"12:15 am" is not a time. Did you mean 00:15?'),
    "the end of the day": ("D 17:00", "D 24:00", "15:7", '"24:00" is not a time. Did you mean 00:00 of the next day?'),
    "spaces in a day": ("D-2 10:00", "D - 2 10:00", "13:7", "A space stands before -2. Write D-2 in one."),
    "every in words": ("every 2h", "every 2 hours", "14:35", '"2 hours" is not a distance in time. Did you mean 2h?'),
    "every without a unit": ("every 2h", "every 2", "14:35", '"2" is not a distance in time. Did you mean 2h?'),
    "a range in words": ("recommendations every", "recommendations 1 to 3 every", "14:29", '"1 to 3" is not a range. Did you mean 1-3?'),
    "a range with a dash": ("recommendations every", "recommendations 1–3 every", "14:29", '"1–3" is not a range. Did you mean 1-3?'),
    "twitter on the calendar": ("D 17:00 quote 1", "D 17:00 quote 1 on twitter", "15:24", '"twitter" is not an account here. Did you mean x?'),
    "twitter as a platform": ("platform: x", "platform: twitter", "8:20", '"twitter" is not a platform. Did you mean x?'),
    "an address as a handle": ("handle: UNSchools", "handle: https://x.com/UNSchools", "8:31", '"https://x.com/UNSchools" is not a handle. Did you mean UNSchools?'),
    "mastodon without its server": ("schools@social.example", "schools", "10:34", '"schools" does not name its server. Write it as in schools@mastodon.example'),
    "a person for a role": ("by: [comms, legal]", "by: [a.diallo, legal]", "17:17", '"a.diallo" is a person, not a role. Write comms, the role.'),
    "a person in curly quotes": (PEOPLE, PEOPLE.replace("m.ito", "“m.ito”"), "16:28", "“m.ito” has quotation marks that YAML takes for letters. Write m.ito."),
    "languages by name": ("[en, fr]", "[en, French]", "10:73", '"French" is not a language code. Did you mean fr?'),
    "an address without https": ("https://example.org/schools", "www.example.org/schools", "6:7", '"www.example.org/schools" is not a web address. Did you mean https://www.example.org/schools?'),
    "an address in brackets": ("https://example.org/schools", "<https://example.org/schools>", "6:7", '"<https://example.org/schools>" is not a web address. Did you mean https://example.org/schools?'),
    "no colon in brackets": ("{en: statement.en.md, fr: statement.fr.md}", "{en statement.en.md}", "5:13", '"en statement.en.md" has no colon, so YAML reads one long key. Write en: statement.en.md'),
    "a capital key": ("timezone:", "Timezone:", "4:1", '"Timezone" is not a key of a campaign. Did you mean timezone?'),
    "a distance without a unit": ("stagger: 10m", "stagger: 10", "10:87", '"10" is not a distance of up to 12h. Did you mean 10m?'),
    "an hour in words": ("people:", "late: 1 hour\npeople:", "16:7", '"1 hour" is not a wait of 1 minute to 24 hours. Did you mean 1h?'),
    "a message's address": ("people:", "messages: {hi: {text: Hi., link: example.org/hi}}\npeople:", "16:34", '"example.org/hi" is not a web address. Did you mean https://example.org/hi?'),
    "an embargo in words": ("people:", "embargo: midnight\npeople:", "16:10", '"midnight" is not a moment. Write embargo: D 06:00 or embargo: 2021-12-18 06:00'),
    "a number alone to skip": ("people:", "skip: [3]\npeople:", "16:8", '"3" is not a message that can stand here. Did you mean recommendation 3?'),
    "a quote that is not there": ("D 17:00 quote 1", "D 17:00 quote 2", "15:5", "statement.en.md has no quote 2. It has one; change this line of the calendar, or take it out."),
    "spaces from a web page": ("  desk:", "\u00a0\u00a0desk:", "11:1", "These are not spaces (U+00A0), though they look so. Type 2 spaces in their place."),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_kind_sentence(story: Story, name: str) -> None:
    before, instead, place, said = MISTAKES[name]
    assert before in CAMPAIGN
    story.writes(CAMPAIGN.replace(before, instead, 1))
    screen = story.types("check")
    assert screen.code == 1
    assert screen.out.splitlines()[0].endswith(" 1 problem"), screen.out
    assert re.search(r"^ +│ +\^+$", screen.out, re.MULTILINE)
    assert f" 1 campaign.yaml:{place} {said}" in prose(screen.out)


@pytest.mark.parametrize("typed", ["check", "plan"])
def test_a_caret_stays_under_its_word_on_a_narrow_screen(story: Story, typed: str) -> None:
    """A line that the terminal folds would carry the caret away."""
    story.person.patch.setenv("COLUMNS", "80")
    story.writes(CAMPAIGN.replace("[en, fr]", "[en, French]"))
    lines = story.types(typed).text.splitlines()
    assert max(map(len, lines)) <= 80
    (place,) = [n for n, line in enumerate(lines) if "^" in line]
    at = lines[place].index("^")
    assert lines[place - 1][at:].startswith("French")
