"""`plan --out`, `schedule --plan`, `--only`, `--remove`: what was looked at, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from campaign.cli.plan_file import _seal
from tests.cli.desk import HEADLINE, QUOTE, TITRE, USUAL, Desk
from tests.publisher.stand import NOT_SENT, PUBLISHED, settled

TAGGED = "hashtags: [MigrantsDay]"
MANY = tuple(f"D {hour}:00 recommendation {number}" for number, hour in enumerate(range(12, 19), 1))
SIX = USUAL + MANY[:4]


def keep(desk: Desk, *words: str, name: str = "plan.json") -> Path:
    """Look at a plan, and keep it."""
    desk.works("plan", "--out", name, *words)
    return desk.person.folder / name


def refused(desk: Desk, *words: str, code: int = 1, name: str = "plan.json") -> str:
    """What a plan that is not applied says; the database stays as it was."""
    screen = desk.changes_nothing("schedule", *words, "--as", "zed")
    assert screen.code == code, screen.text
    assert name in screen.err
    assert "Traceback" not in screen.text
    assert "fault in campaign" not in screen.text
    return screen.err


# A plan in a file


def test_the_plan_that_was_looked_at_is_applied(desk: Desk) -> None:
    desk.writes()
    screen = desk.types("plan", "--out", "plan.json")
    assert (screen.code, screen.last) == (0, "Next: campaign schedule --plan plan.json")
    assert desk.states() == {}
    done = desk.types("schedule", "--plan", "plan.json", "--as", "zed")
    assert done.code == 0
    assert "[y/N]" not in done.out
    assert "Scheduled. 2 added." in done.out
    assert done.last == "Next: campaign run     (it publishes for as long as it runs)"
    assert desk.states() == {HEADLINE: "queued", QUOTE: "queued"}
    ((_, who, facts),) = desk.records("scheduled")
    kept = json.loads((desk.person.folder / "plan.json").read_text("utf-8"))
    assert (who, facts["plan"]) == ("zed", kept["checksum"])


def test_a_plan_is_applied_once(desk: Desk) -> None:
    desk.writes()
    keep(desk)
    desk.works("schedule", "--plan", "plan.json")
    assert refused(desk, "--plan", "plan.json").startswith("plan.json is not up to date")


def test_the_plan_of_another_campaign(desk: Desk) -> None:
    desk.begins()
    desk.schedules_french()
    desk.person.writes("french.yaml", (desk.person.folder / "french.yaml").read_text("utf-8"))
    keep(desk, "french.yaml", name="french.json")
    desk.writes(TAGGED)
    said = refused(desk, "--plan", "french.json", name="french.json")
    assert said == (
        "french.json is a plan of the campaign test-2, not of test-1. Nothing was scheduled.\n"
    )


def test_the_files_have_changed_since(desk: Desk) -> None:
    desk.begins()
    desk.writes(TAGGED)
    keep(desk)
    desk.writes(TAGGED, ("D 10:30 headline", "D 11:00 quote 1"))
    assert refused(desk, "--plan", "plan.json") == (
        "plan.json is not up to date: the files or the queue have changed since it was made."
        " Nothing was scheduled. Look again:  campaign plan --out plan.json\n"
    )


@pytest.mark.parametrize("what", ["published", "cancelled", "scheduled"])
def test_the_queue_has_changed_since(desk: Desk, what: str) -> None:
    desk.begins()
    desk.writes(TAGGED)
    keep(desk)
    if what == "published":
        desk.is_at(10)
        assert desk.sends(PUBLISHED) == [HEADLINE]
    elif what == "cancelled":
        desk.works("cancel", "headline")
    else:
        desk.works("schedule", "--yes", "--only", "headline")
    assert refused(desk, "--plan", "plan.json").startswith("plan.json is not up to date:")


RULED = "people: {comms: [ann], legal: [cy]}\napproval: {by: [comms, legal]}"


@pytest.mark.parametrize(
    "new",
    ["", RULED.replace("cy", "ann"), f"{RULED}\nlate: {{after: 1h, then: skip}}", "limit: 1/week"],
    ids=["no rule", "other people", "what becomes of late ones", "a limit"],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_plan_is_of_one_rule_and_of_one_setting_of_each_account(
    desk: Desk, is_first: bool, new: str
) -> None:
    """Nobody has looked at the words under another one."""
    if not is_first:
        desk.schedules()
    desk.writes(f"{RULED}\n{TAGGED}")
    keep(desk)
    if new.startswith("limit"):
        file = desk.person.folder / "campaign.yaml"
        file.write_text(file.read_text("utf-8").replace("press-office", f"press-office, {new}"))
    else:
        desk.writes(f"{new}\n{TAGGED}")
    assert refused(desk, "--plan", "plan.json").startswith("plan.json is not up to date:")


def test_a_plan_stands_while_what_it_leaves_alone_goes_out(desk: Desk) -> None:
    desk.schedules()
    desk.writes(calendar=(*USUAL, "D 12:00 recommendation 1"))
    keep(desk)
    desk.is_at(10)
    assert desk.sends(PUBLISHED) == [HEADLINE]
    assert "Scheduled. 1 added." in desk.works("schedule", "--plan", "plan.json").out


def test_another_database_is_another_queue(file_desk: Desk) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)
    keep(file_desk)
    there = ("--plan", "plan.json", "--database", "other.db")
    assert refused(file_desk, *there).startswith("plan.json is not up to date:")
    assert not (file_desk.person.folder / "other.db").exists()


def edited(content: dict[str, Any]) -> bytes:
    """Somebody meant to leave one post out."""
    content["changes"].pop()
    return json.dumps(content).encode()


def sealed(content: dict[str, Any]) -> bytes:
    """Whoever reads the source can seal anything."""
    del content["seal"]
    del content["checksum"]
    content["only"] = 3
    return json.dumps(content | {"seal": _seal(content)}).encode()


NOT_A_PLAN = "plan.json is not a plan. Make one:  campaign plan --out plan.json\n"
EDITED = (
    "plan.json was edited since it was made, so nothing was scheduled. Change the campaign file"
    " instead, and make the plan anew:  campaign plan --out plan.json\n"
)
SPOILED: dict[str, tuple[Any, str]] = {
    "edited by hand": (edited, EDITED),
    "another checksum": (lambda c: json.dumps(c | {"checksum": "0" * 64}).encode(), EDITED),
    "sealed without keys": (sealed, NOT_A_PLAN),
    "cut off": (lambda c: json.dumps(c).encode()[:-20], NOT_A_PLAN),
    "half a character": (lambda c: json.dumps(c | {"a": "\ud800"}).encode(), NOT_A_PLAN),
    "another form": (lambda c: json.dumps(c | {"format": "campaign plan 2"}).encode(), NOT_A_PLAN),
    "empty": (lambda _: b"", NOT_A_PLAN),
    "not JSON": (lambda _: b"the plan: post the headline\n", NOT_A_PLAN),
    "a list": (lambda _: b"[]", NOT_A_PLAN),
    "a number": (lambda _: b"1e999", NOT_A_PLAN),
    "binary": (lambda _: bytes(range(256)) * 8, NOT_A_PLAN),
    "UTF-16": (lambda c: json.dumps(c).encode("utf-16"), NOT_A_PLAN),
    "deep": (lambda _: b"[" * 100_000, NOT_A_PLAN),
    "50 MB": (lambda _: b" " * 50_000_000, NOT_A_PLAN),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_file_that_is_no_plan(file_desk: Desk, case: str) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)
    path = keep(file_desk)
    spoil, says = SPOILED[case]
    path.write_bytes(spoil(json.loads(path.read_text("utf-8"))))
    assert refused(file_desk, "--plan", "plan.json") == says


def test_a_file_that_is_not_there(file_desk: Desk) -> None:
    file_desk.begins(TAGGED)
    assert refused(file_desk, "--plan", "gone.json", name="gone.json") == (
        "gone.json cannot be read (No such file or directory). Make it: "
        " campaign plan --out gone.json\n"
    )


def test_a_folder_is_no_plan(file_desk: Desk) -> None:
    file_desk.begins(TAGGED)
    (file_desk.person.folder / "folder").mkdir()
    said = refused(file_desk, "--plan", "folder", code=2, name="folder")
    assert said == (
        "Invalid value for '--plan': File 'folder' is a directory.\n\n"
        "Next: campaign schedule --help\n"
    )


@pytest.mark.parametrize("name", ["gone/plan.json", "campaign.yaml/plan.json"])
def test_a_plan_that_cannot_be_kept(file_desk: Desk, name: str) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)
    screen = file_desk.changes_nothing("plan", "--out", name)
    assert screen.code == 1
    assert screen.err.startswith(f"{name} could not be written (")


def test_a_plan_names_no_post_that_it_has_not(file_desk: Desk) -> None:
    """`--only` stands in the file already."""
    file_desk.writes()
    keep(file_desk)
    screen = file_desk.types("schedule", "--plan", "plan.json", "--only", "headline")
    assert screen.code == 2
    assert screen.err == (
        "A plan in a file says itself which posts it is for. Leave --only out, or make another:"
        "  campaign plan --only headline --out plan.json\n"
    )
    assert file_desk.states() == {}


# What is on the way


@pytest.mark.parametrize(
    "files",
    [{"calendar": USUAL[1:]}, {"more": TAGGED}, {"calendar": ("D 13:00 headline", USUAL[1])}],
    ids=["taken out", "other words", "another time"],
)
def test_what_the_files_no_longer_ask_for_and_is_on_its_way_is_said_and_can_be_stopped(
    desk: Desk, files: dict[str, Any]
) -> None:
    """No plan touches it; but it is not sent yet, and would go out should it come back unsent."""
    desk.schedules()
    desk.is_at(10)
    with desk.worker() as worker:
        armed = worker.arm()
        desk.writes(**files)
        shown = desk.works("plan")
        stop = f"campaign cancel {HEADLINE}"
        assert stop in shown.out
        assert "sent with the old ones" not in shown.out
        desk.works(*stop.split()[1:])
        assert stop not in desk.works("plan").out
        worker.play(settled(armed, NOT_SENT), may_arm=False)
    desk.is_at(10, 30)
    assert desk.sends(PUBLISHED) == []
    desk.works("resume", HEADLINE)
    assert desk.sends(PUBLISHED) == [HEADLINE]
    assert "campaign cancel" not in desk.works("plan").out


# Some posts only


def test_only_leaves_the_rest_as_it_is(desk: Desk) -> None:
    desk.begins()
    untouched = desk.works("audit", "show", "quote-1", "--json").out
    desk.writes(TAGGED + "\npeople: {comms: [ann]}\napproval: {by: [comms]}")
    shown = desk.works("plan", "--only", "headline")
    assert "1 change for headline only" in shown.out
    assert shown.last.endswith("campaign schedule --only headline")
    done = desk.works("schedule", "--yes", "--only", "headline")
    assert "Scheduled. 1 changed." in done.out
    assert desk.works("audit", "show", "quote-1", "--json").out == untouched
    ((_, _, _), (_, _, facts)) = desk.records("scheduled")
    assert (facts["only"], facts["changed"]) == ("headline", 1)

    rest = desk.told("plan")
    signs = {change["key"]: change["sign"] for change in rest["changes"]}
    assert signs == {HEADLINE: " ", QUOTE: "~"}
    assert [one["what"] for one in rest["amendments"]] == ["approval rule"]
    assert desk.types("plan", "--exit-code").code == 3


def test_only_shows_the_rule_that_counts(desk: Desk) -> None:
    """The one in the file is not applied: whoever schedules would take its yes for asked."""
    desk.schedules()
    desk.writes(f"{TAGGED}\npeople: {{comms: [ann]}}\napproval: {{by: [comms]}}")
    assert "Approval: comms\n" in desk.works("plan").out
    shown = desk.works("plan", "--only", "headline").out
    assert "Approval: whoever schedules approves; the audit says so\n" in shown
    assert "The file has another approval rule (comms)." in shown
    desk.works("schedule", "--yes", "--only", "headline")
    assert desk.states() == {HEADLINE: "queued", QUOTE: "queued"}
    desk.works("schedule", "--yes")
    assert desk.states() == {HEADLINE: "draft", QUOTE: "draft"}
    assert "another approval rule" not in desk.works("plan", "--only", "headline").out


def test_only_leaves_the_settings_of_an_account_as_they_are(desk: Desk) -> None:
    desk.schedules()
    desk.writes(calendar=("D 10:30 headline", "D 11:00 quote 1"))
    file = desk.person.folder / "campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("press-office", "press-office, limit: 1/week"))
    desk.works("schedule", "--yes", "--only", "headline")
    (amendment,) = desk.told("plan")["amendments"]
    assert (amendment["what"], amendment["before"]) == ("settings of outbox", "none")


def test_only_in_a_file_is_only_so_much(desk: Desk) -> None:
    desk.begins()
    desk.writes(TAGGED)
    keep(desk, "--only", "quote 1")
    done = desk.works("schedule", "--plan", "plan.json")
    assert "Scheduled. 1 changed." in done.out
    assert [key for key, _, _ in desk.records("changed")] == [QUOTE]


@pytest.mark.parametrize("verb", ["plan", "schedule"])
def test_only_of_no_post_names_the_nearest(file_desk: Desk, verb: str) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)
    screen = file_desk.changes_nothing(verb, "--only", "headlin")
    assert (screen.code, screen.err) == (
        2,
        'No post is called "headlin". Did you mean headline?\n',
    )


# Yes and no


def test_a_plan_with_an_open_decision_does_not_lead_into_a_refusal(file_desk: Desk) -> None:
    file_desk.writes("facts: {}")
    text = (file_desk.person.folder / "campaign.yaml").read_text("utf-8")
    undecided = text.replace("Missing Migrants Project: omit, ", "").replace(
        USUAL[1], "D 11:00 fact"
    )
    file_desk.person.writes("campaign.yaml", undecided)
    screen = file_desk.works("plan")
    assert "1 decision to take before scheduling:" in screen.out
    assert screen.last == "Next: decide what is asked above, then  campaign plan"
    assert file_desk.types("schedule", "--yes").code == 1


@pytest.mark.parametrize("answers", [["n"], [""], []])
def test_no_leaves_the_queue_as_it_is(desk: Desk, answers: list[str]) -> None:
    desk.begins()
    desk.writes(TAGGED)
    screen = desk.changes_nothing("schedule", answers=answers)
    assert (screen.code, screen.err) == (1, "Nothing was scheduled.\n")
    assert "Put these 2 changes into the queue? [y/N]: " in screen.out


def test_a_queue_that_changes_while_somebody_reads_is_not_written(file_desk: Desk) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)

    def meanwhile(_question: str, _refused: str) -> None:
        file_desk.works("cancel", "headline")

    file_desk.person.patch.setattr("campaign.cli.planning.confirm", meanwhile)
    screen = file_desk.types("schedule", answers=[])
    assert screen.code == 1
    assert screen.err == (
        "The plan has changed since it was shown: the files or the queue are different now."
        " Nothing was scheduled. Look again: campaign plan\n"
    )
    assert file_desk.records("changed") == []


def test_a_pipe_is_not_asked_and_schedules_nothing(file_desk: Desk) -> None:
    file_desk.begins()
    file_desk.writes(TAGGED)
    before = file_desk.dump()
    screen = file_desk.types("schedule")
    assert screen.code == 2
    assert "Nobody is here to be asked, so nothing was scheduled." in screen.err
    assert screen.last == (
        "Next: campaign plan --out plan.json     and then  campaign schedule --plan plan.json"
    )
    for command in screen.last.removeprefix("Next: ").split("and then"):
        assert file_desk.dump() == before
        file_desk.works(*command.split()[1:])
    assert len(file_desk.records("changed")) == 2


# Removals


@pytest.fixture
def six(desk: Desk) -> Desk:
    """Six posts to come, of which the file wants two."""
    desk.begins(calendar=SIX)
    desk.writes(calendar=USUAL)
    return desk


@pytest.fixture
def file_six(file_desk: Desk) -> Desk:
    file_desk.begins(calendar=SIX)
    file_desk.writes(calendar=USUAL)
    return file_desk


def test_many_removals_want_their_number_typed(six: Desk) -> None:
    screen = six.types("schedule", answers=["4"])
    assert screen.code == 0
    assert "This removes 4 of the 6 posts still to come." in screen.out
    assert "Scheduled. 4 removed. 2 posts untouched." in screen.out
    assert len(six.records("removed")) == 4
    assert sorted(six.states().values()) == ["cancelled"] * 4 + ["queued"] * 2


@pytest.mark.parametrize("answer", ["3", "y", "yes", "", "four", "40", None])
def test_another_number_removes_nothing(file_six: Desk, answer: str | None) -> None:
    screen = file_six.changes_nothing("schedule", answers=[] if answer is None else [answer])
    assert (screen.code, screen.err) == (1, "That is not the number. Nothing was scheduled.\n")


GUARDED = (
    "This plan removes 4 of the 6 posts still to come. {said}If you mean it, say the number: "
    " campaign schedule --remove 4\nNothing was scheduled.\n"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--yes"], ""),
        (["--yes", "--remove", "3"], "--remove 3 is not that number. "),
        (["--yes", "--remove", "0"], "--remove 0 is not that number. "),
        (["--plan", "plan.json"], ""),
        (["--plan", "plan.json", "--remove", "5"], "--remove 5 is not that number. "),
    ],
)
def test_many_removals_are_not_a_yes(file_six: Desk, words: list[str], said: str) -> None:
    keep(file_six)
    screen = file_six.changes_nothing("schedule", *words)
    assert (screen.code, screen.err) == (2, GUARDED.format(said=said))


def test_a_wrong_number_is_refused_before_anybody_is_asked(file_six: Desk) -> None:
    screen = file_six.changes_nothing("schedule", "--remove", "3", answers=["y"])
    assert (screen.code, screen.err) == (2, GUARDED.format(said="--remove 3 is not that number. "))
    assert "[y/N]" not in screen.out


@pytest.mark.parametrize(
    "words", [["--yes"], ["--plan", "plan.json"]], ids=["with --yes", "with a plan"]
)
def test_the_right_number_removes_them(six: Desk, words: list[str]) -> None:
    keep(six)
    screen = six.works("schedule", *words, "--remove", "4")
    assert "Scheduled. 4 removed." in screen.out
    assert len(six.records("removed")) == 4


def test_the_right_number_is_still_asked_at_a_terminal(file_six: Desk) -> None:
    screen = file_six.changes_nothing("schedule", "--remove", "4", answers=["n"])
    assert (screen.code, screen.err) == (1, "Nothing was scheduled.\n")


@pytest.mark.parametrize(("kept", "guarded"), [(3, False), (2, True)])
def test_three_posts_may_go_without_a_number(file_desk: Desk, kept: int, guarded: bool) -> None:
    """Six to come: three may go with a yes, four may not."""
    file_desk.begins(calendar=SIX)
    file_desk.writes(calendar=SIX[:kept])
    assert file_desk.types("schedule", "--yes").code == (2 if guarded else 0)


@pytest.mark.parametrize(("gone", "guarded"), [(4, False), (5, True)])
def test_thirty_of_a_hundred_may_go(file_desk: Desk, gone: int, guarded: bool) -> None:
    """Fourteen to come: four are 28 %, five are 36 %."""
    accounts = "{first: {platform: outbox, handle: a}, other: {platform: outbox, handle: b}}"
    file_desk.writes(calendar=MANY)
    text = (file_desk.person.folder / "campaign.yaml").read_text("utf-8")
    whole = text.replace("\n  outbox: {handle: press-office}", f" {accounts}")
    file_desk.person.writes("campaign.yaml", whole)
    assert "Scheduled. 14 added." in file_desk.works("schedule", "--yes").out
    lines = [f"  - {line}" for line in MANY]
    cut = "\n".join([f"{line} on other" for line in lines[:gone]] + lines[gone:])
    file_desk.person.writes("campaign.yaml", whole.replace("\n".join(lines), cut))
    assert file_desk.types("schedule", "--yes").code == (2 if guarded else 0)


def test_a_number_for_a_plan_that_removes_less_is_a_mistake(file_desk: Desk) -> None:
    """Whoever says five and sees one go has looked at another plan."""
    file_desk.begins(calendar=SIX)
    file_desk.writes(calendar=SIX[:5])
    screen = file_desk.changes_nothing("schedule", "--yes", "--remove", "5")
    assert screen.code == 2
    assert "removes 1 of the 6 posts still to come. --remove 5 is not that number." in screen.err
    assert file_desk.types("schedule", "--yes", "--remove", "1").code == 0


# What was sent


def test_what_was_sent_is_touched_by_nothing(desk: Desk) -> None:
    desk.begins()
    desk.is_at(10)
    assert desk.sends(PUBLISHED) == [HEADLINE]
    sent = desk.works("audit", "show", "headline", "--json").out
    told = desk.told("audit")[0]

    statement = desk.person.folder / "statement.en.md"
    text = statement.read_text("utf-8")
    better = text.replace("Needs More Than Just", "Needs Far More Than")
    assert better != text
    desk.person.writes("statement.en.md", better)
    plan = desk.schedules(TAGGED).out  # other words
    assert "~ quote 1" in plan
    assert "= 1 sent" in plan
    assert "headline has other words in the files now" in " ".join(plan.split())
    desk.schedules(TAGGED, ("D 15:00 headline", "D 11:00 quote 1"))  # another time
    desk.schedules(TAGGED, ("D 11:00 quote 1",))  # no line any more
    desk.schedules(TAGGED)  # and one again
    assert "= 1 sent" in desk.works("plan").out
    assert desk.works("audit", "show", "headline", "--json").out == sent
    assert desk.told("audit")[0] == told
    desk.is_at(15)
    assert desk.sends(PUBLISHED) == []
    assert TITRE not in desk.states()
