"""What may be quoted of a network's own words."""

import pytest

from campaign.platforms.redaction import STRUCK, redacted

HOOK = "https://discord.example/api/hooks/4711/kept-as-a-secret?wait=really-so"


@pytest.mark.parametrize(
    "said",
    [
        HOOK,
        "POST /api/hooks/4711/kept-as-a-secret?wait=really-so HTTP/1.1",
        "no hook kept-as-a-secret here",
        "wait is really-so",
        "Authorization: Bearer abc.def-ghi",
        "bot12345678:AAF-very_long_token",
    ],
)
def test_secret_is_struck_in_every_form(said: str) -> None:
    told = redacted(said, [HOOK, "tok"])
    assert STRUCK in told
    for piece in ("kept-as-a-secret", "really-so", "abc.def", "AAF-very"):
        assert piece not in told


def test_other_words_stay_on_one_short_line() -> None:
    assert redacted("The text\nis  too long.", [HOOK]) == "The text is too long."
    assert len(redacted("a" * 5000, [])) == 200
