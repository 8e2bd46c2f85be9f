"""A good file, and one bad value at a time: the place and the words."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaign.config.load import load_campaign
from campaign.domain.campaign import Campaign, Late, Wording
from campaign.domain.deadline import Before, Unit
from campaign.errors import ContentError
from campaign.reading.observances import load_observances
from tests.config.conftest import OBSERVANCES, PLATFORMS, Load, Refuse, yaml_with

SHIPPED = Path(__file__).parents[2] / "messages/international-migrants-day/campaign.yaml"


def test_shipped_campaign_loads() -> None:
    campaign = load_campaign(SHIPPED, observances=load_observances(), platforms=PLATFORMS)
    assert campaign.id == "imd-2021"
    assert campaign.day == date(2021, 12, 18)
    assert (campaign.statement, campaign.language) == ("statement.en.md", "en")
    assert [account.identity for account in campaign.accounts] == [
        "x:example-network",
        "mastodon:example-migration@social.example",
        "bluesky:example-network.example.org",
        "linkedin:example-network",
    ]
    assert len(campaign.calendar) == 6
    assert campaign.wording is Wording.IMPERATIVE
    assert campaign.hashtags == ("MigrantsDay",)


def test_full_file_becomes_a_campaign(load: Load) -> None:
    campaign = load(
        link="https://example.org/statement",
        accounts="{x: {handle: '@example'}, out: {platform: outbox, handle: o, folder: sent}}",
        form="imperative",
        hashtags="['#MigrantsDay', Other]",
        pick="[2, 1]",
        people="{comms: [a.diallo, m.ito], legal: [r.haddad]}",
        approval="{by: [comms, legal]}",
        late="{after: 90m, then: skip}",
    )
    assert campaign.account("x").handle == "example"
    assert campaign.account("out").settings == {"folder": "sent"}
    assert campaign.hashtags == ("MigrantsDay", "Other")
    assert campaign.pick == (2, 1)
    assert campaign.approval.by == ("comms", "legal")
    assert campaign.approval.roles_of("m.ito") == ("comms",)
    assert campaign.late.after == timedelta(minutes=90)
    assert campaign.late.then is Late.SKIP
    assert campaign.link == "https://example.org/statement"
    assert len(campaign.sha256) == 64


def test_short_file_has_the_defaults(load: Load) -> None:
    campaign = load(campaign=None, day="International Migrants Day 2021")
    assert campaign.title == "International Migrants Day 2021"
    assert campaign.wording is Wording.VERBATIM
    assert campaign.calendar[0].text == "D-7 10:00 headline"
    assert len(campaign.calendar) == 6
    assert campaign.late.after == timedelta(hours=1)


def test_date_and_statement_map_are_other_ways(load: Load) -> None:
    campaign = load(day=None, date="2021-12-19", statement="{en: statement.en.md}")
    assert campaign.day == date(2021, 12, 19)
    assert campaign.observance is None
    assert campaign.language == "en"


def test_a_title_that_yaml_11_would_turn_stays_text(load: Load) -> None:
    assert load(campaign="NO").title == "NO"
    assert load(campaign="2021").title == "2021"


@pytest.mark.parametrize(
    ("changes", "line", "what", "mend"),
    [
        ({"id": "IMD 2021"}, 1, '"IMD 2021" cannot be an id', "Did you mean imd-2021?"),
        ({"id": "a" * 41}, 1, "40 at most", f"Did you mean {'a' * 40}?"),
        ({"id": None}, 1, "id is missing", "Add  id: imd-2021"),
        ({"timezone": None}, 1, "timezone is missing", "Add  timezone: Europe/Zurich"),
        (
            {"timezone": "Geneva"},
            4,
            '"Geneva" is not a time zone name.',
            "Did you mean Europe/Zurich?",
        ),
        ({"timezone": "CET"}, 4, '"CET" is not', "Did you mean Europe/Zurich?"),
        ({"timezone": "UTC+1"}, 4, '"UTC+1" is not', "Did you mean Europe/Zurich?"),
        ({"timezone": "Etc/GMT-1"}, 4, '"Etc/GMT-1" is not', "Did you mean Europe/Zurich?"),
        ({"timezone": "Europe/Geneva"}, 4, '"Europe/Geneva" is not', "Did you mean Europe/Zurich?"),
        ({"timezone": "europe/zurich"}, 4, '"europe/zurich" is not', "Did you mean Europe/Zurich?"),
        ({"timezone": "../../etc/passwd"}, 4, "is not a time zone name", "Name a city"),
        ({"timezone": "Europe"}, 4, '"Europe" is not a time zone name', ""),
        ({"accounts": None}, 1, "a campaign needs at least one", "Add  accounts: {x: {handle"),
        ({"accounts": "{}"}, 6, "accounts is empty", "Write  accounts: {x: {handle"),
        ({"accounts": "x"}, 6, "accounts takes one entry for each account", "Write it as in"),
        (
            {"accounts": "{x: [foo]}"},
            6,
            "An account takes a group of keys",
            "Write  x: {handle: your-name}",
        ),
        ({"accounts": "{x: {}}"}, 6, "x has no handle", "Write  x: {handle: your-name}"),
        (
            {"accounts": "{x: {handle: a b}}"},
            6,
            '"a b" is not a handle',
            "the account's name alone",
        ),
        ({"accounts": "{x: {handle: [a, b]}}"}, 6, "handle takes one text", "handle:"),
        ({"accounts": "{mastadon: {handle: a}}"}, 6, "mastadon does not say", "mean mastodon?"),
        ({"accounts": "{un-x: {handle: a}}"}, 6, "un-x does not say", "Add  platform: x"),
        (
            {"accounts": "{a: {platform: blusky, handle: b}}"},
            6,
            '"blusky" is not a platform.',
            "Did you mean bluesky?",
        ),
        (
            {"accounts": "{x: {platform: mastodon, handle: b}}"},
            6,
            "x is a platform's name",
            "Call the account un-mastodon",
        ),
        (
            {"accounts": "{x: {handle: b, folder: out}}"},
            6,
            "folder belongs to the outbox only.",
            "x has no folder",
        ),
        (
            {"accounts": "{x: {handle: A}, y: {platform: x, handle: a}}"},
            6,
            "y and x (line 6) are the same account on x.",
            "Keep one of them.",
        ),
        ({"accounts": "{'a, b': {handle: A}}"}, 6, '"a, b" cannot name an account', "letters"),
        (
            {"accounts": "{x: {handle: A, langage: en}}"},
            6,
            '"langage" is not a key of an account.',
            "Did you mean language?",
        ),
        ({"date": "2021-12-18"}, 7, "day and date are both here", "Keep day for an observance day"),
        ({"day": None}, 1, "The day of the campaign is missing.", "date: 2021-12-18"),
        ({"day": None, "date": "18.12.2021"}, 6, '"18.12.2021" is not a date.', "2021-12-18"),
        ({"day": None, "date": "2021-02-30"}, 6, "is not a date of this century", "2021-12-18"),
        (
            {"day": "Migrants Day 2021"},
            3,
            '"Migrants Day" is not an observance day we know.',
            "Did you mean international-migrants-day",
        ),
        ({"day": "zzz 2021"}, 3, '"zzz" is not an observance day', "write  date: 2021-12-18"),
        (
            {"day": "leap-day 2021"},
            3,
            "Leap Day is not held in 2021.",
            "It is held in 2020 and 2024",
        ),
        ({"day": "leap-day 1921"}, 3, "does not exist in this century", "Is the year right?"),
        ({"day": "Tag der Migranten 2021"}, 3, "is not an observance day", ""),
        ({"day": "human-rights-day 2201"}, 3, "does not exist", "Is the year right?"),
        ({"day": "human-rights-day"}, 3, "The year is missing.", "human-rights-day 2021"),
        ({"day": "2021-12-18"}, 3, "2021-12-18 is a date, not a name.", "Write  date: 2021-12-18"),
        ({"statement": None}, 1, "statement is missing.", "Add  statement: statement.en.md"),
        ({"statement": "{en: statement.en.md, fr: d}"}, 5, 'There is no file "d" here.', ""),
        ({"statement": "{e: statement.en.md}"}, 5, '"e" is not a language code.', "en, fr, es"),
        ({"statement": "{}"}, 5, "statement names no file", "statement.en.md"),
        ({"statement": "[a]"}, 5, "statement takes a file name", "statement.en.md"),
        ({"statement": "{english: statement.en.md}"}, 5, '"english" is not a language', "mean en?"),
        ({"link": "example.org"}, 7, '"example.org" is not a web address.', "https://example.org?"),
        ({"link": "javascript:alert(1)"}, 7, "is not a web address.", "Write all of it"),
        ({"link": "https://[bad"}, 7, "is not a web address.", "Write all of it"),
        ({"form": "imperativ"}, 7, 'form cannot be "imperativ".', "Did you mean imperative?"),
        ({"form": "[a]"}, 7, "form is one word.", "Write verbatim or imperative."),
        ({"hashtags": "MigrantsDay, Other"}, 7, "takes a list", "hashtags: [MigrantsDay, Other]"),
        ({"hashtags": "[Migrants Day]"}, 7, '"Migrants Day" is not a hashtag', "mean MigrantsDay?"),
        ({"hashtags": "['2021']"}, 7, '"2021" is not a hashtag', ""),
        ({"pick": "2"}, 7, "pick takes a list of numbers, or one for each language.", "pick: [1]"),
        ({"pick": "[two]"}, 7, '"two" is not the number of a list', "pick: [2]"),
        ({"pick": "[1, 1]"}, 7, "1 is in pick twice.", "Keep one"),
        ({"pick": "[0, 1]"}, 7, "pick says 0, for none, and other lists too.", "one or the other"),
        ({"pick": "[]"}, 7, "pick is empty.", "leave pick out"),
        ({"hashtags": "[Day, day]"}, 7, "The hashtag day is in the list twice.", "Keep one"),
        ({"people": "{comms: 'a, b'}"}, 7, "comms takes a list.", "Write  comms: [a, b]"),
        ({"approval": "comms, legal"}, 7, "approval takes a group", "approval: {by: [comms]}"),
        ({"approval": "comms"}, 7, 'The role "comms" has no people', "people: {comms: [a.name]}"),
        (
            {"approval": "[comms, coms]", "people": "{comms: c}"},
            7,
            'The role "coms"',
            "mean comms?",
        ),
        ({"approval": "{}"}, 7, "approval does not say by which role", "approval: {by: [comms]}"),
        ({"approval": "{by: []}"}, 7, "approval does not say by which role", "{by: [comms]}"),
        ({"approval": "{by: [a]}"}, 7, 'The role "a" has no people', "Add  people: {a: [a.name]}"),
        ({"late": "[ask]"}, 7, "late takes a group of keys.", "late: {after: 1h, then: ask}"),
        ({"late": "30h"}, 7, '"30h" is not a wait of 1 minute to 24 hours.', "after: 90m"),
        ({"late": "never"}, 7, 'then cannot be "never".', "It is ask, skip or send."),
        ({"number": "sorce"}, 7, 'number cannot be "sorce".', "Did you mean source?"),
        ({"voice": "ours"}, 7, 'voice cannot be "ours".', "It is own or partner."),
        ({"templates": "../ours"}, 7, "leads out of the folder", "Copy it beside"),
        (
            {"templates": "statement.en.md"},
            7,
            '"statement.en.md" is not a folder.',
            "your templates",
        ),
        ({"templates": "ours"}, 7, 'There is no folder "ours" here.', ""),
        ({"groups": "{all: [x, un-n]}"}, 7, '"un-n" is not an account here.', "Did you mean un-m?"),
        (
            {"groups": "{x: [un-m]}"},
            7,
            "\"x\" is an account's or a platform's name",
            "another name",
        ),
        ({"groups": "{except: [un-m]}"}, 7, '"except" means something else', "such as regions"),
        ({"groups": "{a b: [un-m]}"}, 7, '"a b" cannot name a group', "letters, digits"),
        ({"groups": "{all: []}"}, 7, "The group all is empty.", "Name its accounts."),
        ({"groups": "[x]"}, 7, "groups takes a name, and its accounts.", "groups: {regions:"),
        (
            {"accounts": "{x: {handle: a, timezone: Geneva}}"},
            6,
            '"Geneva" is not a time zone name.',
            "Did you mean Europe/Zurich?",
        ),
        (
            {"accounts": "{x: {handle: a, lead: ''}}"},
            6,
            "The lead of x is empty or longer",
            "short",
        ),
        (
            {"replace": "{recommendation 4: storm}"},
            7,
            "does not stand under messages",
            "{storm: {t",
        ),
        ({"replace": "{recommendation: storm}"}, 7, "does not say which recommendation", "Write"),
        ({"replace": "[a]"}, 7, "replace takes a message of yours", "replace: {recommendation 4:"),
        (
            {"replace": "{quote 1: m}", "skip": "quote 1", "messages": "{m: Hello.}"},
            7,
            "quote 1 stands under replace and under skip.",
            "Keep one of them.",
        ),
        ({"late": "{after: 30h}"}, 7, '"30h" is not a wait of 1 minute to 24 hours.', "after: 90m"),
        ({"late": "{after: 0m}"}, 7, '"0m" is not a wait', "after: 90m"),
        ({"late": "{then: never}"}, 7, 'then cannot be "never".', "It is ask, skip or send."),
        ({"langauge": "fr"}, 7, '"langauge" is not a key of a campaign.', "It knows id, campaign"),
        ({"hashtag": "[a]"}, 7, '"hashtag" is not a key of a campaign.', "Did you mean hashtags?"),
        ({"<<": "x"}, 7, '"<<" is not a key of a campaign.', ""),
        ({"calendar": "D 10:00 headline"}, 7, "calendar takes a list", "on a line of its own"),
        ({"calendar": "[]"}, 7, "calendar is empty.", "leave calendar out"),
        ({"calendar": "[{D 10: headline}]"}, 7, "A calendar line is plain text.", "D-7 10:00"),
        ({"calendar": "[D 10:00 headline on x except x]"}, 7, "leaves no account", "on and except"),
        ({"link": ""}, 7, "link is empty.", "Write a value, or take the line out."),
    ],
)
def test_one_bad_value_is_one_problem(
    refuse: Refuse, changes: dict[str, str | None], line: int, what: str, mend: str
) -> None:
    (problem,) = refuse(**changes)
    assert problem.where == "campaign.yaml"
    assert problem.line == line
    assert problem.column
    assert what in problem.what
    assert mend in problem.mend


@pytest.mark.parametrize("key", ["media", "import", "shift", "spread", "only", "mail"])
def test_keys_that_do_nothing_are_never_accepted(refuse: Refuse, key: str) -> None:
    (problem,) = refuse(**{key: "a"})
    assert problem.what == f'"{key}" is not a key of a campaign.'


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"accounts": "{x: example}"}, {"accounts": "{x: {handle: example}}"}),
        ({"hashtags": "Day"}, {"hashtags": "[Day]"}),
        ({"hashtags": "{en: Day}"}, {"hashtags": "{en: [Day]}"}),
        ({"skip": "quote 1"}, {"skip": "[quote 1]"}),
        ({"skip": "{en: quote 1}"}, {"skip": "{en: [quote 1]}"}),
        ({"late": "2h"}, {"late": "{after: 2h}"}),
        ({"late": "skip"}, {"late": "{then: skip}"}),
        ({"people": "{a: b}", "approval": "a"}, {"people": "{a: [b]}", "approval": "{by: [a]}"}),
        ({"people": "{a: b}", "approval": "[a]"}, {"people": "{a: b}", "approval": "{by: a}"}),
        ({"groups": "{all: x}"}, {"groups": "{all: [x]}"}),
        ({"messages": "{hello: Hello.}"}, {"messages": "{hello: {text: Hello.}}"}),
    ],
)
def test_a_short_form_says_the_same(
    load: Load, short: dict[str, str], long: dict[str, str]
) -> None:
    def said(campaign: Campaign) -> str:
        return re.sub(r"sha256='\w+'|column=\d+", "", repr(campaign))

    assert said(load(**short)) == said(load(**long))


@pytest.mark.parametrize(
    ("written", "before"),
    [
        ("1 working day", Before(count=1, unit=Unit.WORKING_DAY)),
        ("3 working days", Before(count=3, unit=Unit.WORKING_DAY)),
        ("2 days", Before(count=2, unit=Unit.DAY)),
        ("12 hours", Before(count=12, unit=Unit.HOUR)),
    ],
)
def test_the_notice_that_approval_needs(load: Load, written: str, before: Before) -> None:
    campaign = load(people="{a: b}", approval=f"{{by: a, before: {written}}}")
    assert campaign.approval.before == before


@pytest.mark.parametrize("written", ["soon", "0 days", "-1 days", "1 week", "1", "1wd"])
def test_a_notice_that_cannot_be_kept(refuse: Refuse, written: str) -> None:
    (problem,) = refuse(people="{a: b}", approval=f"{{by: a, before: {written}}}")
    assert problem.what == f'"{written}" is not a time before a post.'
    assert problem.mend.startswith("Write  before: 1 working day")


def test_a_group_stands_for_its_accounts(load: Load) -> None:
    campaign = load(
        groups="{all: [x, un-m], small: un-m}",
        calendar="[D 08:00 headline on all except small, D 09:00 fact on small]",
    )
    first, second = campaign.calendar
    assert (first.on, first.excluding) == (("x", "un-m"), ("un-m",))
    assert second.on == ("un-m",)


def test_an_account_has_its_own_clock_and_lead(load: Load) -> None:
    campaign = load(accounts="{x: {handle: a, timezone: Asia/Bangkok, lead: 'From us:'}}")
    assert campaign.account("x").zone == "Asia/Bangkok"
    assert campaign.account("x").lead == "From us:"


def test_a_broken_account_is_not_missed_on_the_calendar(refuse: Refuse) -> None:
    (problem,) = refuse(
        accounts="{x: {handle: a b}, un-m: {platform: mastodon, handle: b@c.example}}",
        calendar="[D 08:00 headline on x]",
    )
    assert problem.what == '"a b" is not a handle.'


def test_problem_points_at_the_word(refuse: Refuse) -> None:
    (problem,) = refuse(accounts="{x: {handle: a, langauge: fr}}")
    assert problem.excerpt is not None
    assert problem.column is not None
    start = problem.column - 1
    assert problem.excerpt[start : start + problem.width] == "langauge"


def test_all_problems_come_at_once_in_the_files_order(refuse: Refuse) -> None:
    problems = refuse(
        timezone="Geneva",
        accounts="{x: {handel: a}, un-m: {platform: mastodon, handle: b@c.example}}",
        calendar="[D 08:00 recomendations every 2h, D 09:00 headline on un-n]",
        approval="{by: [comms]}",
        form="x",
    )
    assert [(problem.line, problem.what) for problem in problems] == [
        (4, '"Geneva" is not a time zone name.'),
        (6, '"handel" is not a key of an account.'),
        (7, '"recomendations" is not a message.'),
        (7, '"un-n" is not an account here.'),
        (8, 'The role "comms" has no people, so nobody could approve.'),
        (9, 'form cannot be "x".'),
    ]


def test_a_role_that_is_misspelt_is_guessed(refuse: Refuse) -> None:
    (problem,) = refuse(people="{comms: [a]}", approval="{by: [coms]}")
    assert problem.mend == "Did you mean comms?"


def test_a_line_in_quotes_has_its_caret_too(refuse: Refuse) -> None:
    (problem,) = refuse(calendar='["D 08:00 headlin"]')
    assert (problem.column, problem.width) == (21, len("headlin"))


def test_place_of_a_calendar_line(load: Load) -> None:
    slot = load(calendar="\n  - D-7 10:00 headline\n  - 'D 08:00 fact'").calendar[1]
    assert str(slot.place) == "campaign.yaml:9"
    assert slot.place.column == 6


# The statement's path


def test_statement_without_language(refuse: Refuse, tmp_path: Path) -> None:
    (tmp_path / "statement.md").write_text("Title")
    (problem,) = refuse(statement="statement.md")
    assert problem.line == 5
    assert "does not say in which language" in problem.what
    assert problem.mend == "Write  statement: {en: statement.md}"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("../other.en.md", "leads out of the folder"),
        ("texts/../../other.en.md", "leads out of the folder"),
        ("/etc/passwd", "leads out of the folder"),
        ('"C:\\\\texts\\\\statement.en.md"', "leads out of the folder"),
        ("..\\other.en.md", "leads out of the folder"),
        ("link.en.md", "is a link to a file outside the folder"),
        ("loop.en.md", "cannot be opened"),
        ("folder.en.md", "is not a file"),
        ("." + "x" * 300 + ".en.md", "cannot be opened"),
        ("other.en.md", 'There is no file "other.en.md" here.'),
    ],
)
def test_statement_out_of_reach(refuse: Refuse, tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "link.en.md").symlink_to("/etc/passwd")
    (tmp_path / "loop.en.md").symlink_to(tmp_path / "loop.en.md")
    (tmp_path / "folder.en.md").mkdir()
    (problem,) = refuse(statement=name)
    assert (problem.where, problem.line) == ("campaign.yaml", 5)
    assert what in problem.what


def test_statement_misspelt_has_a_guess(refuse: Refuse) -> None:
    (problem,) = refuse(statement="statment.en.md")
    assert problem.mend == "Did you mean statement.en.md?"


def test_statement_linked_inside_the_folder_is_fine(load: Load, tmp_path: Path) -> None:
    (tmp_path / "link.en.md").symlink_to(tmp_path / "statement.en.md")
    assert load(statement="link.en.md").statement == "link.en.md"


def test_a_statement_outside_is_not_read_for_a_guess(refuse: Refuse, tmp_path: Path) -> None:
    (tmp_path.parent / "outside.en.md").write_text("Nairobi - On the occasion of the day")
    zone, statement = refuse(statement="../outside.en.md", timezone=None)
    assert "Africa/Nairobi" not in zone.mend
    assert "leads out of the folder" in statement.what


# The file itself


def test_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "campaign.yml").write_text("id: a")
    path = tmp_path / "campaign.yaml"
    with pytest.raises(ContentError) as caught:
        load_campaign(path, observances=OBSERVANCES, platforms=PLATFORMS)
    (problem,) = caught.value.problems
    assert (problem.where, problem.line) == ("campaign.yaml", None)
    assert problem.what == "There is no such file."
    assert problem.mend == "Did you mean campaign.yml?"


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("", "This is a folder."),
        ("no/such/folder/c.yaml", "There is no such file."),
        ("a\0b", "There is no such file."),
        ("x" * 300, "The file cannot be read: File name too long."),
        ("/dev/zero", "This is a device, not a file."),
    ],
)
def test_path_that_is_no_file(tmp_path: Path, path: str, what: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_campaign(tmp_path / path, observances=OBSERVANCES, platforms=PLATFORMS)
    (problem,) = caught.value.problems
    assert problem.what == what


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "The file is empty."),
        (b"# only a remark\n", "The file is empty."),
        (yaml_with().encode("utf-16"), "The file is saved as UTF-16"),
        (yaml_with().encode("utf-16-le"), "The file is saved as UTF-16, or is not text."),
        (b"PK\x03\x04\x14\0", "This is a Word, Excel or zip file, not a text file."),
        (b"%PDF-1.7", "This is a PDF, not a text file."),
        (b"id: a\0b\n", "it has NUL bytes"),
        (b"x" * (1024 * 1024 + 1), "The file is larger than 1 MiB"),
    ],
)
def test_file_that_is_no_campaign(refuse: Refuse, data: bytes, what: str) -> None:
    (problem,) = refuse(data)
    assert problem.where == "campaign.yaml"
    assert what in problem.what


def test_latin_1_is_named_with_its_letter(refuse: Refuse) -> None:
    (problem,) = refuse("id: a\ncampaign: Journée\n".encode("latin-1"))
    assert (problem.line, problem.column) == (2, 16)
    assert problem.what == 'The file is not UTF-8; "é" is Latin-1 or Windows-1252.'
    assert problem.excerpt == "campaign: Journée"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_latin_1_behind_utf_8_is_found_in_its_place(refuse: Refuse, mark: str, end: str) -> None:
    """As where one paragraph came from another program. Each of these ends a line in YAML."""
    (problem,) = refuse(f"{mark}id: a{end}campaign: «été» ".encode() + "été\n".encode("latin-1"))
    assert (problem.line, problem.column) == (2, 17)
    assert problem.what == 'The file is not UTF-8; "é" is Latin-1 or Windows-1252.'
    assert problem.excerpt == "campaign: «été» été"


def test_a_byte_order_mark_is_fine(load: Load, refuse: Refuse) -> None:
    mark = b"\xef\xbb\xbf"
    assert load(mark + yaml_with().encode()).id == "imd-2021"
    (problem,) = refuse(mark + yaml_with(id="IMD").encode())
    assert (problem.column, problem.excerpt) == (5, "id: IMD")


def test_windows_line_ends_are_fine(load: Load) -> None:
    assert load(yaml_with().replace("\n", "\r\n")).id == "imd-2021"


def test_pick_by_language(load: Load, tmp_path: Path) -> None:
    (tmp_path / "statement.fr.md").write_text("Titre\n", "utf-8")
    campaign = load(statement="{en: statement.en.md, fr: statement.fr.md}", pick="{fr: [2]}")
    assert campaign.in_language("fr").pick == (2,)
    assert campaign.in_language("en").pick == campaign.pick == ()
