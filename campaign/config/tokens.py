"""What looks like a secret in a campaign file: it would be read by whoever reads the file."""

import re
from typing import Any

from campaign.config.report import Report
from campaign.config.tree import Path

SHAPES = re.compile(
    r"\b\d{6,}:[A-Za-z0-9_-]{30,}"  # Telegram's bot tokens
    r"|\bxox[abeprs]-[\w-]{10,}"  # Slack's
    r"|\b(?:ghp|gho|ghs|glpat|github_pat)[_-]\w{16,}"
    r"|\beyJ[\w-]{10,}\.[\w-]{10,}"  # JSON web tokens
    r"|\bwhsec_\w{10,}"  # Standard Webhooks' signing secrets
    r"|hooks\.slack\.com/services/\S+"
    r"|discord(?:app)?\.com/api/webhooks/\S+"
    r"|(?i:\bbearer\s+[\w.~+/=-]{12,})"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
APP_PASSWORD = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}")  # Bluesky's
RANDOM = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9_+/=-]{24,}")


def refuse_tokens(report: Report) -> None:
    """Report each value that is shaped like a secret, without repeating it."""
    _look(report, (), report.tree.data)


def _look(report: Report, path: Path, data: Any) -> None:
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for step, value in items:
            _look(report, (*path, step), value)
    elif isinstance(data, str) and _is_token(path, data):
        what = "This looks like a secret, and a campaign file is read by many."
        mend = f"Put it into .env beside the file, and write  {path[-1]}: env:ITS_NAME"
        report.value(path, what, f"{mend}. If it was ever shared, have a new one made.")


def _is_token(path: Path, text: str) -> bool:
    if SHAPES.search(text):
        return True
    is_setting = path[0] == "accounts" and len(path) == 3 and path[-1] != "handle"
    return is_setting and bool(APP_PASSWORD.fullmatch(text) or RANDOM.fullmatch(text))
