"""Hundreds of templates that no person would write: each renders, or is refused in one sentence."""

import re
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.domain.statement import Kind
from campaign.errors import ContentError
from campaign.writing.templates import Templates

VALUES = {"text": "words", "n": 3, "calls": ["one", "two"], "opening": "o" * 300, "empty": ""}
PIECES = [
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ text }}", "{{ calls | join }}", "{% if ", "{% endif %}",
    "{% for c in calls %}", "{% endfor %}", "{% for c in calls recursive %}", "{% else %}", "text",
    "{% set x = 1 %}", "{% macro m() %}", "{% endmacro %}", "{% include 'a' %}", "{% raw %}",
    "{{ text.__class__ }}", "{{ n ** n ** n }}", "{{ 'a' * 9999999 }}", "{{ range(9) }}", " | ",
    "{{ text | upper | nope }}", "{{ calls[99] }}", "{{ missing.more }}", "-%}", "{%-", "(", ")",
    "[", "]", "'", '"', "\n", "\\", " is ", " not ", "é", "\u202e", "\x00", "\ufdd0", "1e999",
    "%", "#", "{", "}", ".", "~", "loop.index", "{{ calls[0:1] }}", "{% filter upper %}",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_template_is_rendered_or_refused_in_a_sentence(tmp_path: Path, source: str) -> None:
    file = tmp_path / "fact.j2"
    file.write_bytes(source.encode("utf-8", "surrogatepass"))
    began = time.process_time()
    try:
        templates = Templates([tmp_path])
        templates.render(templates.find(Kind.FACT, "x", "en"), VALUES)
    except ContentError as error:
        (problem,) = error.problems
        assert problem.where == str(file)
        lines = len(re.findall(r"\r\n|\r|\n", source)) + 1  # as Jinja2 counts them
        assert problem.line is None or 1 <= problem.line <= lines
        assert re.search(r"[.!?]$", problem.what)
        assert "Traceback" not in problem.what
        assert problem.line is not None or "template" in problem.what
    assert time.process_time() - began < 20
