"""Templates: found in order, broken ones explained, hostile ones stopped at once."""

import time
from pathlib import Path

import pytest

from campaign.domain.statement import Kind
from campaign.errors import ContentError
from campaign.writing.templates import MAX_SOURCE, Templates

VALUES = {"text": "words", "n": 3, "calls": ["one", "two"], "opening": "o" * 300, "empty": ""}


def render(folder: Path, source: str) -> str:
    (folder / "fact.j2").write_text(source, "utf-8")
    templates = Templates([folder])
    return templates.render(templates.find(Kind.FACT, "x", "en"), VALUES)


def refusal(folder: Path, source: str) -> str:
    with pytest.raises(ContentError) as caught:
        render(folder, source)
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ text }}", "words"),
        ("{{ text | sentence }}: {{ n | words }}", "Words: three"),
        ("{% if empty %}a{% elif n == 3 %}b{% else %}c{% endif %}", "b"),
        ("{{ 'a' if empty else 'b' }}", "b"),
        ("{% for c in calls %}{{ loop.index }}. {{ c }};{% endfor %}", "1. one;2. two;"),
        ("{{ calls | join(', ') | upper }}", "ONE, TWO"),
        ("{{ calls[0] }}{{ calls | length }}", "one2"),
        ("{% if text is defined and not empty %}yes{% endif %}", "yes"),
        ("<b>&amp; “é”", "<b>&amp; “é”"),
        ("{# a note #}x", "x"),
    ],
)
def test_render(tmp_path: Path, source: str, expected: str) -> None:
    assert render(tmp_path, source) == expected


def test_most_particular_template_wins(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    names = ["fact.x.en.j2", "fact.x.j2", "fact.en.j2", "fact.j2"]
    for folder in (own, shipped):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(f"{folder.name}/{name}", "utf-8")
    templates = Templates([own, shipped])
    for folder in (own, shipped):
        for name in names:
            found = templates.find(Kind.FACT, "x", "en")
            assert found == folder / name
            (folder / name).unlink()
    with pytest.raises(ContentError, match=r"fact\.j2"):
        templates.find(Kind.FACT, "x", "en")


def test_missing_folder_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "fact.j2").write_text("x", "utf-8")
    assert Templates([tmp_path / "none", tmp_path]).find(Kind.FACT, "x", "en").is_file()


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("one\n{{ txet }}", 2, "'txet' is undefined."),
        ("one\n\n{{ text.length }}", 3, "has no attribute 'length'"),
        ("one\n{% if text %}", 2, "Unexpected end of template"),
        ("{{ text", 1, "unexpected end of template"),
        ("one\n{{ text | shout }}", 2, "No filter named 'shout'."),
        ("one\n{% for c in calls %}\n{{ c | words }}\n{% endfor %}", 3, "not supported between"),
        ("one\n{{ text ~ text }}", 2, "~ is not allowed in a template."),
        ("{% include 'x' %}", 1, "include is not allowed in a template."),
        ("{{ text | join }}", 1, "join takes a list"),
    ],
)
def test_broken_template_names_its_line(tmp_path: Path, source: str, line: int, what: str) -> None:
    shown = refusal(tmp_path, source)
    assert shown.startswith(f"{tmp_path / 'fact.j2'}:{line}  ")
    assert what in shown


ATTACKS = [
    '{{ "a" * 50000000 }}',
    '{{ "a" | center(50000000) }}',
    '{{ "%50000000d" | format(1) }}',
    '{{ "%50000000d" % 1 }}',
    '{{ "{:>50000000}".format(1) }}',
    '{{ "a".ljust(50000000) }}',
    '{{ "a".center(50000000) }}',
    '{{ "a".zfill(50000000) }}',
    '{{ "a".join(calls) }}',
    '{{ "a".replace("a", "b") }}',
    '{{ "\t".expandtabs(50000000) }}',
    '{{ "a" | replace("a", "aaaaaaaaaa") }}',
    '{{ "a" | indent(50000000) }}',
    "{{ 10 ** 50000000 }}",
    "{{ 1 + 1 }}",
    "{{ - 1 }}",
    "{{ range(50000000) | length }}",
    "{% for a in range(50000000) %}{% endfor %}",
    "{% for a in [1, 2] %}{% endfor %}",
    '{% for a in "' + "a" * 30_000 + '" %}{% endfor %}',
    "{% for a in opening %}{% for b in opening %}{% for c in opening %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in opening %}{% for b in opening %}{{ opening }}{% endfor %}{% endfor %}",
    "{% for a in calls recursive %}{{ loop(calls) }}{% endfor %}",
    "{% set a = text %}{{ a }}",
    "{% set a %}{{ text }}{% endset %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% filter upper %}a{% endfilter %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% block a %}{% endblock %}",
    "{% with a = 1 %}{% endwith %}",
    "{{ lipsum(10000) }}",
    "{{ cycler('a') }}",
    "{{ namespace() }}",
    "{{ dict() }}",
    "{{ text.__class__.__mro__ }}",
    "{{ text['__class__'] }}",
    "{{ text | attr('__class__') }}",
    "{{ calls.append('x') }}",
    "{{ [" + "opening," * 3000 + "] | join }}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ " + "9" * 30_000 + " }}",
    "{% if 1 %}" * 400 + "{% endif %}" * 400,
    "{{ text }}" + "{{ opening }}" * 2000,
    "{{ [1" + ",1" * 900 + "] | join([1" + ",1" * 900 + "] | join(opening)) }}",
    "a" * (MAX_SOURCE + 1),
]


@pytest.mark.parametrize("source", ATTACKS, ids=range(len(ATTACKS)))
def test_attack_ends_quickly_in_a_refusal(tmp_path: Path, source: str) -> None:
    began = time.perf_counter()
    shown = refusal(tmp_path, source)
    assert time.perf_counter() - began < 20
    assert shown.startswith(str(tmp_path / "fact.j2"))
    assert len(shown) < 600


def test_template_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "fact.j2").write_bytes(b"one\n\xff\xfe")
    templates = Templates([tmp_path])
    with pytest.raises(ContentError, match=r"fact\.j2:2  The template is not UTF-8 text\."):
        templates.render(templates.find(Kind.FACT, "x", "en"), VALUES)
