"""A plan in a file: what one person looked at, for `schedule --plan` to apply, and nothing else."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from campaign.cli.options import write_file
from campaign.cli.plan_json import plan_json
from campaign.domain.message import canonical
from campaign.domain.plan import Plan
from campaign.errors import CampaignError, StalePlanError

FORMAT = "campaign plan 1"
LIMIT = 200_000_000  # a plan of 100,000 posts; a device that never ends is no plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    campaign_id: str
    checksum: str
    only: tuple[str, ...]


def write_plan(path: Path, plan: Plan) -> None:
    """Raises CampaignError where the file cannot be written."""
    content = {"format": FORMAT, **plan_json(plan)}
    sealed = content | {"seal": _seal(content)}
    write_file(path, json.dumps(sealed, ensure_ascii=False, indent=2) + "\n")


def read_plan(path: Path, campaign_id: str) -> PlanFile:
    """Raises CampaignError for a file that is no plan, was edited, or is another campaign's."""
    try:
        with path.open("rb") as file:
            kept, is_whole = _read(file.read(LIMIT))
    except OSError as error:
        raise CampaignError(
            f"{path} cannot be read ({error.strerror}). Make it:  campaign plan --out {path}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CampaignError(
            f"{path} is not a plan. Make one:  campaign plan --out {path}"
        ) from error
    if not is_whole:
        raise CampaignError(
            f"{path} was edited since it was made, so nothing was scheduled. Change the campaign"
            f" file instead, and make the plan anew:  campaign plan --out {path}"
        )
    if kept.campaign_id != campaign_id:
        raise CampaignError(
            f"{path} is a plan of the campaign {kept.campaign_id}, not of {campaign_id}. Nothing"
            " was scheduled."
        )
    return kept


def _read(data: bytes) -> tuple[PlanFile, bool]:
    """What it says, and whether it is as it was made. Raises half a dozen errors for anything that
    is no plan.
    """
    content = json.loads(data.decode("utf-8"))
    seal = content.pop("seal")
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    kept = PlanFile(
        campaign_id=str(content["campaign"]),
        checksum=str(content["checksum"]),
        only=tuple(map(str, content["only"])),
    )
    return kept, seal == _seal(content)


def refuse_stale(path: Path, kept: PlanFile, now: Plan) -> None:
    """Raises StalePlanError where the files and the queue give another plan by now."""
    if kept.checksum != now.checksum:
        raise StalePlanError(
            f"{path} is not up to date: the files or the queue have changed since it was made."
            f" Nothing was scheduled. Look again:  campaign plan --out {path}"
        )


def _seal(content: dict[str, object]) -> str:
    """Not a signature: it tells an edit by hand, or a file that was cut off."""
    return hashlib.sha256(canonical(content)).hexdigest()
