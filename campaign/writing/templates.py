"""Templates: found by kind, network and language, and rendered where they can do no harm.

A template is text with places to fill in. Its syntax tree may hold what ALLOWED lists and nothing
else: no calls, operators, assignments or macros. So it cannot grow a text but by loops over our own
lists, and those stop at MAX_OUTPUT. Jinja2's sandbox stands behind that.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from types import TracebackType
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.domain.statement import Kind
from campaign.errors import ContentError, Problem
from campaign.writing.filters import FILTERS, MAX_OUTPUT

MAX_SOURCE = 32 * 1024
MAX_LOOPS = 2

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Keyword,
)  # fmt: skip
_SPOKEN = {
    "Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "Concat": "~", "Neg": "-", "Pos": "+", "Call": "a call", "Assign": "set", "AssignBlock": "set",
    "Macro": "macro", "CallBlock": "call", "FilterBlock": "a filter block", "With": "with",
}  # fmt: skip


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def call_binop(self, _context: object, operator: str, _left: Any, _right: Any) -> NoReturn:
        raise SecurityError(f"{operator} is not allowed in a template.")

    def call_unop(self, _context: object, operator: str, _arg: Any) -> NoReturn:
        raise SecurityError(f"{operator} is not allowed in a template.")


class Templates:
    """The folders' templates, each compiled once. An earlier folder wins over a later one."""

    def __init__(self, folders: Sequence[Traversable]) -> None:
        self._folders = tuple(folders)
        self._compiled: dict[str, Template] = {}
        self._sandbox = _Sandbox(
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._sandbox.globals.clear()
        self._sandbox.filters = dict(FILTERS)

    def find(self, kind: Kind, platform: str, language: str) -> Traversable:
        names = [f"{kind}.{platform}.{language}", f"{kind}.{platform}", f"{kind}.{language}", kind]
        for folder in self._folders:
            for name in names:
                file = folder / f"{name}.j2"
                if file.is_file():
                    return file
        raise ContentError([
            Problem(
                where=f"{kind}.j2",
                what=f"There is no template for {kind} posts.",
                mend=f"Write templates/{kind}.j2 beside the campaign file.",
            )
        ])  # fmt: skip

    def render(self, file: Traversable, values: Mapping[str, object]) -> str:
        """Raises ContentError with the template's line for all that can go wrong in it."""
        name = str(file)
        try:
            if name not in self._compiled:
                self._compiled[name] = self._compile(file)
            return "".join(_capped(self._compiled[name].generate(values)))
        except (RecursionError, MemoryError, SyntaxError):
            raise _content_error(name, "The template is nested too deeply.") from None
        except TemplateSyntaxError as error:
            raise _content_error(name, _sentence(error.message), error.lineno) from error
        except (TemplateError, TypeError, ValueError, LookupError, OverflowError) as error:
            line = _line_in_template(error.__traceback__, name)
            raise _content_error(name, _sentence(str(error)), line) from error

    def _compile(self, file: Traversable) -> Template:
        name, source = str(file), _read(file)
        tree = self._sandbox.parse(source, name, name)
        _check(tree, name)
        code = self._sandbox.compile(tree, name, name)
        return Template.from_code(self._sandbox, code, {})


def _read(file: Traversable) -> str:
    with file.open("rb") as stream:
        source = stream.read(MAX_SOURCE + 1)
    if len(source) > MAX_SOURCE:
        raise _content_error(str(file), "A template may hold 32 KiB; this one is larger.")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise _content_error(str(file), "The template is not UTF-8 text.", line) from error


def _check(node: nodes.Node, name: str, loops: int = 0) -> None:
    if not isinstance(node, ALLOWED):
        kind = type(node).__name__
        what = f"{_SPOKEN.get(kind, kind.lower())} is not allowed in a template."
        raise _content_error(name, what, node.lineno)
    if isinstance(node, nodes.For):
        loops += 1
        if loops > MAX_LOOPS or node.recursive:
            raise _content_error(name, "Loops may stand two deep.", node.lineno)
        if not isinstance(node.iter, nodes.Name):
            raise _content_error(name, "A loop goes over a list we give, by name.", node.lineno)
    for child in node.iter_child_nodes():
        _check(child, name, loops)


def _capped(pieces: Iterator[str]) -> Iterator[str]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_OUTPUT:
            raise ValueError("The template writes more than 64 KiB.")
        yield piece


def _line_in_template(trace: TracebackType | None, name: str) -> int | None:
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _sentence(message: str | None) -> str:
    message = (message or "The template cannot be read.")[:300]
    return message if message.endswith(".") else f"{message}."


def _content_error(name: str, what: str, line: int | None = None) -> ContentError:
    return ContentError([Problem(where=name, line=line, what=what)])
