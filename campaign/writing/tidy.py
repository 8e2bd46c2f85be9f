"""The white space a template leaves behind, put in order. The excerpt's words are not touched."""

import re

# Stands for the excerpt's words while a template is rendered. No text holds a noncharacter.
BODY = "\ufdd0"


def tidy(rendered: str) -> str:
    """No blanks around lines, no two blanks in a row, one blank line between paragraphs."""
    lines = (re.sub(r" {2,}", " ", line).strip(" \t\r") for line in rendered.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
