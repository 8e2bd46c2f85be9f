"""A title out of front matter: plain, or in YAML's quotes with their escapes."""

import re

ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
NAMED = {"_": "\xa0", "n": " ", "t": " ", "N": " ", "L": " ", "P": " "}


def unquoted(written: str) -> str:
    """The scalar's text; lines that go on are joined by a space."""
    text = re.sub(r"\\\n[ \t]*\\?", "", written.strip())
    text = re.sub(r"[ \t]*\n[ \t]*", " ", text)
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return ESCAPE.sub(_escaped, text[1:-1]).strip()
    return text


def _escaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return NAMED.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
