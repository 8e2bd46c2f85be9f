"""The screens of a working day: what they say, in which order, and what to paste next."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import RULE, Person, campaign_text


def test_plan_writes_nothing_and_says_what_comes(author: Person) -> None:
    screen = author.changes_nothing("plan")
    assert screen.code == 0
    assert "first plan, nothing scheduled yet" in screen.out.splitlines()[0]
    assert screen.out.splitlines()[0].endswith("UTC time")
    assert "+ 2 add   ~ 0 change   > 0 move   - 0 remove   = 0 sent   2 parts in all" in screen.out
    assert screen.last == "Next: read them  campaign preview      then  campaign schedule"


def test_plan_shows_both_clocks_of_a_local_line(author: Person) -> None:
    text = campaign_text(days=5, more="  - D-1 23:00 fact local\nembargo: D-2 00:00")
    handle = "outbox: {handle: press-office"
    author.writes("campaign.yaml", text.replace(handle, f"{handle}, timezone: Asia/Kathmandu"))
    screen = author.types("plan")
    assert screen.code == 0, screen.text
    (line,) = [line for line in screen.out.splitlines() if "+ fact" in line]
    assert " 23:00 local " in line
    assert "Kathmandu 23:00 = " in line
    assert line.endswith(" 17:15 UTC")
    (embargo,) = [line for line in screen.out.splitlines() if line.startswith("Embargo")]
    assert embargo.startswith("Embargo: nothing goes out before ")
    assert " 00:00 UTC = " in embargo
    assert embargo.endswith(" 05:45 Kathmandu")


def test_plan_exit_code_tells_scripts(author: Person) -> None:
    assert author.types("plan", "--exit-code").code == 3
    author.types("schedule", "--yes")
    assert author.types("plan", "--exit-code").code == 0


def test_lines_of_the_past_are_left_out_and_said(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(more="  - D-3 10:00 fact"))
    screen = author.types("plan")
    assert re.search(
        r"\w{3} \d\d \w{3} 10:00 has passed: fact 1 is left out, its post is not", screen.out
    )
    assert "+ 2 add" in screen.out


def test_a_campaign_of_the_past_can_only_be_rehearsed(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(days=-400))
    screen = author.types("plan")
    assert screen.code == 0
    assert "Its 2 posts were all due by" in screen.out
    day = datetime.now(UTC).date() - timedelta(days=400)
    assert re.search(
        rf"\? campaign\.yaml:3  {day.day} {day:%B} {day.year} was 1 year ago\.", screen.out
    )
    assert screen.last.startswith("Next: see it play  campaign rehearse ")
    assert author.types("schedule", "--yes").last == screen.last
    assert not (author.folder / "campaign.db").exists()


def test_schedule_asks_and_no_means_no(author: Person) -> None:
    screen = author.changes_nothing("schedule", answers=["n"])
    assert screen.code == 1
    assert "Put these 2 changes into the queue?" in screen.out
    assert screen.last.endswith("Nothing was scheduled.")


def test_schedule_asks_and_yes_applies(author: Person) -> None:
    screen = author.types("schedule", answers=["y"])
    assert screen.code == 0
    assert "Scheduled. 2 added." in screen.out
    assert screen.last == "Next: campaign run     (it publishes for as long as it runs)"


def test_schedule_in_a_script_wants_yes(author: Person) -> None:
    screen = author.types("schedule")
    assert screen.code == 2
    assert "say --yes" in screen.err
    assert not (author.folder / "campaign.db").exists()


def test_schedule_for_a_network_without_adapter_says_so(author: Person) -> None:
    text = campaign_text().replace("outbox: {handle", "linkedin: {handle")
    author.writes("campaign.yaml", text)
    screen = author.types("schedule", "--yes")
    assert screen.code == 1
    assert "Nothing here can publish to linkedin yet" in screen.err
    assert screen.last == "Next: campaign rehearse"


def test_next_works_from_another_folder(author: Person) -> None:
    (author.folder / "campaign.yaml").rename(author.folder / "my plan.yaml")
    deeper = author.folder / "deeper"
    deeper.mkdir()
    elsewhere = Person(deeper, author.patch, author.capture)
    screen = elsewhere.types("plan", "../my plan.yaml")
    assert screen.last == (
        "Next: read them  campaign preview -f '../my plan.yaml'"
        "      then  campaign schedule '../my plan.yaml'"
    )
    screen = elsewhere.types("schedule", "../my plan.yaml", "--yes")
    assert "campaign run --database ../campaign.db " in screen.last
    screen = elsewhere.types("status", "--database", "../campaign.db")
    assert screen.last == "Next: campaign run --database ../campaign.db"
    elsewhere.patch.setenv("CAMPAIGN_DATABASE_URL", "../campaign.db")
    assert elsewhere.types("status").last == "Next: campaign run"


def test_an_address_in_the_env_file_is_not_passed_over(author: Person) -> None:
    """Else the queue would silently be a file, and the workers' database stay empty."""
    author.writes(
        ".env", "CAMPAIGN_X_TOKEN=t\nexport CAMPAIGN_DATABASE_URL=postgresql://u:p4711@h/d\n"
    )
    for verb in ("plan", "status", "schedule --yes"):
        screen = author.types(*verb.split())
        assert screen.code == 1
        assert screen.err.startswith("CAMPAIGN_DATABASE_URL stands in .env, where only")
        assert "p4711" not in screen.text
    assert author.types("schedule", "--yes", "--database", "campaign.db").code == 0
    author.patch.setenv("CAMPAIGN_DATABASE_URL", "campaign.db")
    assert author.types("status").code == 0


def test_approval_by_two_roles(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(more=RULE))
    screen = author.types("schedule", "--yes", "--as", "zed")
    assert "Waiting for approval: 2 posts." in screen.out
    assert screen.last == "Next: comms and legal each run  campaign approve"
    status = author.types("status")
    assert "for comms and legal" in status.out
    assert status.last == "Next: campaign approve"

    stranger = author.types("approve", "--as", "zed", answers=["y"])
    assert stranger.code == 2
    assert "Its campaign names comms: ann, ben; legal: cy" in stranger.err

    first = author.types("approve", "--as", "ann", answers=["y"])
    assert first.out.startswith("2 posts wait for comms (ann or ben) and legal (cy)\n")
    assert "Approve these 2 posts as ann?" in first.out
    assert "Still waiting for legal (cy): 2 posts." in first.out

    again = author.types("approve", "--as", "ben", answers=["y"])
    assert again.code == 0
    assert "Nothing waits for ben. 2 posts still to be approved by legal (cy)." in again.out

    last = author.types("approve", "--as", "cy", answers=["y"])
    assert "Approved: 2 posts." in last.out
    assert last.last.startswith("Next: campaign run")
    assert "2 to come" in author.types("status").out


def test_approval_refused_and_stale(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(more=RULE))
    author.types("schedule", "--yes")
    no = author.types("approve", "--as", "ann", answers=["n"])
    assert no.code == 1
    assert no.last.endswith("Nothing was approved.")
    stale = author.types("approve", "--as", "ann", "--hash", "000000000000")
    assert stale.code == 1
    assert "have changed since they were shown" in stale.err
    script = author.types("approve", "--as", "ann")
    assert script.code == 2
    shown = script.err.split("--hash ")[1].strip()
    assert author.types("approve", "--as", "ann", "--hash", shown).code == 0


def test_status_when_nothing_runs(scheduler: Person) -> None:
    screen = scheduler.types("status")
    assert screen.code == 0
    assert "A test · NOT RUNNING · nothing paused" in screen.out
    assert "0 published    2 to come    0 failed    of 2 posts" in screen.out
    assert "UNKNOWN" not in screen.out
    assert "2 posts are scheduled and nothing is running to send them." in screen.out
    assert screen.last == "Next: campaign run"


def test_pause_and_resume(scheduler: Person) -> None:
    screen = scheduler.types("pause", "--account", "outbox", "--reason", "a look", "--as", "ann")
    assert screen.out.startswith("Paused: account outbox. Nothing of it is sent from now on.")
    assert "campaign resume --account outbox" in screen.last
    status = scheduler.types("status")
    assert "1 pause" in status.out
    assert "by ann: a look" in status.out
    assert scheduler.types("resume", "--account", "outbox").code == 0
    assert "There was no pause" in scheduler.types("resume", "--account", "outbox").out


def test_audit_before_anything_went_out(scheduler: Person) -> None:
    screen = scheduler.types("audit")
    assert screen.code == 0
    assert "0 published   0 skipped   0 failed   0 unknown" in screen.out
    assert "chain intact" in screen.out
    assert "Still to go  2 posts" in screen.out
    assert screen.last == "Next: campaign status"


def test_audit_show_and_verify(scheduler: Person) -> None:
    shown = scheduler.types("audit", "show", "headline")
    assert shown.out.startswith("2 entries\n\ntest-1/headline/en/outbox · UTC time\n")
    assert "by ann" in shown.out
    verified = scheduler.types("audit", "verify")
    assert "chain intact" in verified.out
    near = scheduler.types("audit", "show", "headlin")
    assert (near.code, near.last) == (2, 'No post is called "headlin". Did you mean headline?')


def test_json_is_json(scheduler: Person) -> None:
    for words in (["plan"], ["preview"], ["status"], ["audit"], ["audit", "verify"]):
        screen = scheduler.types(*words, "--json")
        assert screen.code == 0
        assert json.loads(screen.out)


def test_csv_is_for_a_spreadsheet(scheduler: Person) -> None:
    screen = scheduler.types("audit", "--csv", "out.csv")
    assert screen.out.startswith("Written: out.csv, 2 parts.")
    data = (scheduler.folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfpost,part,")
    assert data.count(b"\r\n") >= 3
    failed = scheduler.types("audit", "--csv", "gone/out.csv")
    assert failed.code == 1
    assert "gone/out.csv could not be written" in failed.err


def test_preview_counts_and_writes_a_page(author: Person) -> None:
    screen = author.types("preview", "headline")
    assert "\n1 post.\n" in screen.out
    assert author.types("preview", "nothing").code == 2
    page = author.types("preview", "--html", "p.html")
    assert page.out.startswith("2 posts, as readers will see them: p.html")
    assert (author.folder / "p.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("columns", [80, 100])
def test_screens_keep_to_the_terminal(scheduler: Person, columns: int) -> None:
    scheduler.patch.setenv("COLUMNS", str(columns))
    for words in (["plan"], ["preview"], ["status"], ["audit"]):
        lines = scheduler.types(*words).out.splitlines()
        too_long = [line for line in lines if len(line) > columns and "Next:" not in line]
        assert not too_long


def test_the_preview_says_who_has_approved(author: Person) -> None:
    author.writes("campaign.yaml", campaign_text(more=RULE))
    assert "State" not in author.types("preview", "headline").out
    author.types("schedule", "--yes")
    state = "  State          approved by nobody yet; waiting for comms and legal"
    assert state in author.types("preview", "headline").out.splitlines()
    author.types("approve", "headline", "--as", "ann", answers=["y"])
    state = "  State          approved by ann (comms); waiting for legal"
    assert state in author.types("preview", "headline").out.splitlines()
    page = author.folder / "page.html"
    author.types("preview", "headline", "--html", str(page))
    assert "approved by ann (comms); waiting for legal" in page.read_text("utf-8")


def test_the_preview_of_other_words_is_not_approved(author: Person) -> None:
    author.types("schedule", "--yes")
    author.writes("campaign.yaml", campaign_text(more="hashtags: [MigrantsDay]"))
    screen = author.types("preview", "headline").out
    assert "scheduled with other words; these are not approved: campaign schedule" in screen


def test_a_rehearsal_says_what_is_still_open(author: Person) -> None:
    text = campaign_text(more="  - D 12:00 recommendation 7\n")
    author.writes("campaign.yaml", text.replace("concrete and actionable pledges: omit", ""))
    screen = author.types("rehearse")
    assert "? 1 decision still open before it can be scheduled: campaign plan" in screen.out


def test_renew_says_what_the_new_year_needs(author: Person) -> None:
    year = int(campaign_text().split("date: ")[1][:4]) + 1
    screen = author.types("renew", str(year), "--to", "next year")
    assert screen.code == 0, screen.text
    assert screen.out.startswith("Written: next year/campaign.yaml   A test, D is ")
    assert screen.last == "Next: cd 'next year' && campaign plan"
    again = author.types("renew", str(year), "--to", "next year")
    assert again.code == 1
    assert "next year is not empty, so nothing was written." in again.err
