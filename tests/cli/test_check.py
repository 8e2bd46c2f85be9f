"""`check`: everything at once, what is to be decided, and what it mends."""

import json
import re
import stat

import pytest

from tests.cli.conftest import STATEMENT, Person, campaign_text, snapshot

THREE = """\
id: imd-2035
campaign: International Migrants Day 2035
day: international-migrants-day 2035
issued: 2021-12-18
timezone: Europe/Zurich
statement: {en: statement.en.md, fr: declaration.fr.md}
links: {Missing Migrants Project: omit, concrete and actionable pledges: omit}
accounts:
  un-x: {platform: x, handle: UNMigration}
  un-x-fr: {platform: x, handle: UNMigrationFR, langauge: fr}
calendar:
  - D-7 10:00 headline
  - D 08:00 recomendations every 2h
  - D 17:00 recommendation 1
"""
FRENCH = """\
# Pour les droits de tous

Le Réseau exhorte les États à :

- protéger les droits ;
- ouvrir des voies ;
- partager les données.
"""


@pytest.fixture
def writer(person: Person) -> Person:
    person.writes("statement.en.md", STATEMENT.read_text("utf-8"))
    person.writes("declaration.fr.md", FRENCH)
    return person


def test_file_and_statements_are_told_at_once(writer: Person) -> None:
    writer.writes("campaign.yaml", THREE)
    screen = writer.changes_nothing("check")
    lines = screen.out.splitlines()
    assert screen.code == 1
    assert lines[0] == f"{'campaign.yaml · International Migrants Day 2035':<89} 3 problems"
    assert lines[2] == (
        ' 1  campaign.yaml:10:49  "langauge" is not a key of an account. Did you mean language?'
    )
    assert lines[4].endswith("^^^^^^^^")
    assert lines[6].startswith(' 2  campaign.yaml:13:13  "recomendations" is not a message.')
    assert lines[10].startswith(
        " 3  declaration.fr.md  3 recommendations here, 7 in statement.en.md. They must match"
    )
    assert "Which have no partner in French does not show by itself: compare them." in " ".join(
        screen.out.split()
    )
    assert screen.last == (
        "Next: mend 1–3 and run  campaign check  again. Nothing was written or sent."
    )


def test_what_plan_refuses_check_refuses(writer: Person) -> None:
    writer.writes("campaign.yaml", THREE)
    told = re.findall(r"^ \d  .*$", writer.types("check").out, re.MULTILINE)
    assert told == re.findall(r"^ \d  .*$", writer.types("plan").err, re.MULTILINE)
    assert len(told) == 3


def test_messages_are_composed_though_an_account_is_broken(author: Person) -> None:
    text = campaign_text("  - D 12:00 own\nmessages: {own: 'We counted 15,000 today.'}")
    author.writes("campaign.yaml", text.replace("outbox:", "x: a b\n  outbox:"))
    screen = author.types("check")
    assert '"a b" is not a handle.' in screen.out
    assert "15,000" in screen.out
    assert "2 problems" in screen.out


def test_a_broken_key_is_not_told_twice(author: Person) -> None:
    more = "  - D 12:00 own\nmessages: {own: 'We counted 15,000 today.'}\nfacts: {1: [a]}"
    author.writes("campaign.yaml", campaign_text(more))
    assert " 1 problem" in author.types("check").out  # without its facts, every figure is unknown


def test_decisions_are_one_line_and_no_problem(writer: Person) -> None:
    writer.writes("campaign.yaml", THREE.replace("langauge: fr", "language: en"))
    text = THREE.replace("langauge", "language").replace("recomendations", "recommendations")
    text = text.replace(", fr: declaration.fr.md", "").replace("language: fr", "language: en")
    text = text.replace("  un-x-fr", "  # un-x-fr").replace(
        "17:00 recommendation 1", "17:00 quote 1"
    )
    writer.writes("campaign.yaml", text)
    screen = writer.types("check")
    assert screen.code == 0
    assert "no problems, 1 to decide" in screen.out
    assert (
        " ?  The statement is from 2021 and you publish in 2035. 3 phrases have aged:" in screen.out
    )
    assert "campaign check --aged" in screen.out
    aged = writer.types("check", "--aged")
    lines = aged.out.splitlines()
    assert lines[1] == "aged:"
    assert [line.split("#")[0].strip() for line in lines[2:5]] == [
        "quote 1: dated | skip",
        "recommendation 7: dated | skip",
        'role António Vitorino: "then …"',
    ]
    pasted = "\n".join(lines[:5])
    writer.writes("campaign.yaml", f"{text}{pasted}\n")
    undecided = writer.types("check")
    assert undecided.code == 1
    assert "3 problems" in undecided.out
    assert 'quote 1 cannot be "dated | skip".' in undecided.out
    assert "role António Vitorino is not filled in yet." in undecided.out
    decided = pasted.replace("dated | skip", "dated").replace("then …", "then head of IOM")
    writer.writes("campaign.yaml", f"{text}{decided}\n")
    assert "to decide" not in writer.types("check").out


def test_a_thread_says_how_to_have_one_post(author: Person) -> None:
    text = campaign_text("  - D 12:00 recommendation 3\nform: imperative")
    author.writes("campaign.yaml", text.replace("outbox: {handle: press-office}", "x: UNMigration"))
    said = " ".join(author.types("check").out.split())
    found = re.search(
        r"recommendation 3 is (\d+) of 280 on x\. It becomes a thread, (\d+) and (\d+); no word is"
        r' cut\. For one post write short: \{recommendation 3: "…"\}\.',
        said,
    )
    assert found
    assert int(found[1]) > 280
    assert max(int(found[2]), int(found[3])) <= 280


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "day: international-migrants-day 2021",
            r"18 December 2021 was \d+ years ago\. Did you mean 20\d\d \(a \w+day\)\?",
        ),
        ("date: 2020-02-29", r"29 February 2020 was \d+ years ago\. (Did you mean|Is the year)"),
    ],
)
def test_last_years_file_is_asked_about(author: Person, day: str, said: str) -> None:
    text = re.sub("^date: .*$", day, campaign_text(), flags=re.MULTILINE)
    author.writes("campaign.yaml", text)
    screen = author.types("check")
    assert screen.code == 0
    assert re.search(said, screen.out)


def test_json_has_every_place(writer: Person) -> None:
    writer.writes("campaign.yaml", THREE)
    screen = writer.types("check", "--json")
    told = json.loads(screen.out)
    assert screen.code == 1
    assert [(one["file"], one["line"], one["column"]) for one in told["problems"]] == [
        ("campaign.yaml", 10, 49),
        ("campaign.yaml", 13, 13),
        ("declaration.fr.md", None, None),
    ]
    assert told["campaign"] == "International Migrants Day 2035"


def test_check_reads_no_database(author: Person) -> None:
    author.writes("campaign.db", "not a database")
    assert author.types("check").code == 0


# --fix

SLIPS = """\
id:test-1                        # ours
campaign: Live: the day
{day}
timezone:\tUTC
statement: statement.en.md
accounts:
\toutbox: {{handle: @press-office}}
hashtags: #MigrantsDay
calendar:
  - D 10:00 headline
"""


def test_fix_mends_and_shows_it(author: Person) -> None:
    day = campaign_text().splitlines()[2]
    author.writes("campaign.yaml", SLIPS.format(day=day))
    (author.folder / "campaign.yaml").chmod(0o640)
    assert author.types("check").code == 1
    screen = author.types("check", "--fix")
    assert screen.code == 0, screen.text
    assert "\n-hashtags: #MigrantsDay\n" in screen.out
    assert (author.folder / "campaign.yaml").read_text("utf-8") == (
        f'id: test-1                        # ours\ncampaign: "Live: the day"\n{day}\n'
        "timezone: UTC\nstatement: statement.en.md\naccounts:\n  outbox: {handle: press-office}\n"
        "hashtags: [MigrantsDay]\ncalendar:\n  - D 10:00 headline\n"
    )
    assert stat.S_IMODE((author.folder / "campaign.yaml").stat().st_mode) == 0o640
    assert sorted(snapshot(author.folder)) == ["campaign.yaml", "statement.en.md"]
    assert "Nothing to mend by itself." in author.types("check", "--fix").out


def test_fix_keeps_a_link_a_link(author: Person) -> None:
    path, real = author.folder / "campaign.yaml", author.folder / "real.yaml"
    path.rename(real)
    path.symlink_to(real)
    real.write_text(real.read_text("utf-8").replace("timezone: ", "timezone:\t"), "utf-8")
    assert author.types("check", "--fix").code == 0
    assert path.is_symlink()
    assert "timezone: UTC" in real.read_text("utf-8")


def test_fix_leaves_the_rest_to_people(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text().replace("UTC", "Geneva"))
    screen = author.changes_nothing("check", "--fix")
    assert screen.code == 1
    assert "Did you mean Europe/Zurich?" in screen.out


def test_schema_is_printed(person: Person) -> None:
    screen = person.types("schema")
    assert screen.code == 0
    assert json.loads(screen.out)["$schema"].endswith("2020-12/schema")
