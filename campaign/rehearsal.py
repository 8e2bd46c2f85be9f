"""A rehearsal: the whole campaign, by the real daemon, on a clock that skips, into a folder."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.audit import Publication
from campaign.domain.campaign import Account, ApprovalRule
from campaign.errors import CampaignError
from campaign.operations.audit import Verdict, to_csv, verify
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.platforms.base import Platform
from campaign.platforms.outbox import Outbox
from campaign.preview.html import preview_page
from campaign.preview.timeline import timeline_page
from campaign.runtime import Runtime, open_runtime
from campaign.store.publications import publications

PERSON = "rehearsal"
MARK = ".rehearsal"  # a folder with this file was made by a rehearsal, and may be cleared
BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What came of it; the files are in `folder`."""

    folder: Path
    publications: tuple[Publication, ...]
    verdict: Verdict


def rehearse(drafted: Drafted, folder: Path, watch: Callable[[Runtime], None]) -> Rehearsal:
    """Play every post of the campaign into `folder`, made anew.

    `watch` is called with the runtime before the daemon starts. Raises CampaignError when the
    folder holds something that no rehearsal made, or cannot be written.
    """
    if not drafted.planned:
        raise CampaignError("The calendar asks for no post, so there is nothing to rehearse.")
    _make_anew(folder)
    start = min(planned.post.due_at for planned in drafted.planned) - BEFORE
    clock = SkippingClock(start)
    runtime = open_runtime(folder / "campaign.db", clock, adapter_of=_outbox_for_all)
    # Nobody's approval is claimed: the rehearsal approves for itself, and the audit says so.
    campaign = replace(drafted.campaign, approval=ApprovalRule())
    unguarded = replace(drafted, campaign=campaign)
    checksum = plan(unguarded, runtime.store, clock.now()).checksum
    schedule(runtime.store, unguarded, checksum, PERSON, simulated=True)
    watch(runtime)
    Daemon(runtime).run(until_done=True)
    sent = tuple(publications(runtime.store))
    _write_pages(folder, drafted, sent, runtime)
    verdict = verify(runtime.store)
    runtime.store.close()
    _tidy(folder)
    return Rehearsal(folder=folder, publications=sent, verdict=verdict)


def _outbox_for_all(_account: Account) -> type[Platform]:
    return Outbox


def _make_anew(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            if not (folder / MARK).exists():
                raise CampaignError(
                    f"{folder} holds files that no rehearsal made, so it is left alone. Name an"
                    " empty folder: --out DIR"
                )
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text("This folder is made anew by each campaign rehearse.\n", "utf-8")
    except NotADirectoryError as error:
        raise CampaignError(f"{folder} is a file. Name a folder: --out DIR") from error
    except OSError as error:
        raise CampaignError(
            f"{folder} cannot be written ({error.strerror}). Name another folder: --out DIR"
        ) from error


def _tidy(folder: Path) -> None:
    """Take away what an ended run leaves beside its database; both files are empty then."""
    for name in ("campaign.db-journal", "campaign.db.lock"):
        left = folder / name
        if left.exists() and not left.stat().st_size:
            left.unlink()


def _write_pages(
    folder: Path, drafted: Drafted, sent: tuple[Publication, ...], runtime: Runtime
) -> None:
    campaign, now = drafted.campaign, runtime.clock.now()
    timeline = timeline_page(
        title=campaign.title,
        campaign_id=campaign.id,
        zone=campaign.zone,
        publications=sent,
        networks=drafted.networks,
        made_at=now,
        note="A rehearsal: nothing left this computer.",
    )
    preview = preview_page(campaign, drafted.planned, networks=drafted.networks, made_at=now)
    (folder / "timeline.html").write_text(timeline, "utf-8")
    (folder / "preview.html").write_text(preview, "utf-8")
    # newline="": the CSV writer has already ended its lines as RFC 4180 says
    with (folder / "audit.csv").open("w", encoding="utf-8-sig", newline="") as file:
        file.write(to_csv(sent))
