"""Runs a template where it can do nothing but choose and place texts.

Jinja's immutable sandbox with strict undefined names, no loader and no globals; on top of it a closed
list of what a template may consist of (no calls, no arithmetic, no assignments, no macros, so nothing
can grow), a bound on the work of its loops by counting, and a bound on what it gives out. Every value
that it puts out is stripped of control signs and disguised, so that it forges no markup.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from jinja2 import StrictUndefined, Template, TemplateError, nodes, pass_context
from jinja2.filters import do_default
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.finish import Facts
from kiosk.receipts.templates.markup import DISGUISES, VALUE

MOST_SOURCE = 16_000
MOST_OUTPUT = 16_000
MOST_WORK = 20_000
"""Statements that all loops of one rendering may run, each counted as often as it is reached."""
_DEEPEST = 30
_MOST_NODES = 2_000
_LONGEST_VALUE = 500
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Test,
    nodes.Filter,
)
_TESTS = frozenset({"defined", "undefined"})
_COUNTED = "counted loop"
_WORK = "work left"
_MASKED = str.maketrans(DISGUISES)
_CATEGORIES_OUT = frozenset({"Cf", "Cs", "Co", "Cn"})


@dataclass(slots=True)
class _Work:
    left: int = MOST_WORK

    def spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise TemplateRefusedError(f"the loops do more than {MOST_WORK} steps")


class SlipTemplate:
    """One compiled template. `name` stands in its errors."""

    def __init__(self, source: str, name: str) -> None:
        """Compile.

        Raises:
            TemplateRefusedError: it is too long, is no Jinja, or wants what no template may do.
        """
        self._name = name
        if len(source) > MOST_SOURCE:
            raise TemplateRefusedError(f"{name}: longer than {MOST_SOURCE} signs")
        if any(unicodedata.category(sign).startswith("C") for sign in source if sign != "\n"):
            raise TemplateRefusedError(f"{name}: holds control or private signs")
        try:
            tree = _ENVIRONMENT.parse(source)
            _judge(tree)
            self._template: Template = _ENVIRONMENT.from_string(tree)
        except TemplateRefusedError as error:
            raise TemplateRefusedError(f"{name}: {error}") from None
        except (TemplateError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise TemplateRefusedError(f"{name}: {error}") from error

    def render(self, facts: Facts) -> str:
        """Run it on `facts` and return its markup.

        Raises:
            TemplateRefusedError: an unknown name, too much work or too much text.
        """
        given: dict[str, object] = {name: _offered(value) for name, value in facts.items()}
        given[_WORK] = _Work()
        try:
            return "".join(_bounded(self._template.generate(given)))
        except TemplateRefusedError as error:
            raise TemplateRefusedError(f"{self._name}: {error}") from None
        except Exception as error:
            # A template is foreign code: whatever it stumbles over must not reach the payment.
            raise TemplateRefusedError(f"{self._name}: {error}") from error


def _bounded(chunks: Iterator[str]) -> Iterator[str]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_OUTPUT:
            raise TemplateRefusedError(f"it gives out more than {MOST_OUTPUT} signs")
        yield chunk


def _judge(tree: nodes.Template) -> None:
    """Refuse what is not on the list, and make every loop count."""
    count = 0
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    loops: list[nodes.For] = []
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if count > _MOST_NODES or depth > _DEEPEST:
            raise TemplateRefusedError("it is too large or too deep")
        _judge_one(node)
        if isinstance(node, nodes.For):
            loops.append(node)
        waiting += ((child, depth + 1) for child in node.iter_child_nodes())
    for loop in loops:
        cost = nodes.Const(1 + sum(1 for _ in loop.find_all(nodes.Node)))
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [cost], [], None, None)


def _judge_one(node: nodes.Node) -> None:
    what = type(node).__name__
    allowed = isinstance(node, _ALLOWED)
    if isinstance(node, nodes.Filter):
        allowed = node.name in _FILTERS
        what = f"filter {node.name}"
    elif isinstance(node, nodes.Test):
        allowed = node.name in _TESTS
        what = f"test {node.name}"
    elif isinstance(node, nodes.For):
        allowed = not node.recursive and isinstance(node.target, nodes.Name)
    if not allowed:
        raise TemplateRefusedError(f"line {node.lineno}: a template may not use {what}")


@pass_context
def _counted(context: Context, items: Iterable[object], cost: int) -> Iterator[object]:
    work = context.resolve(_WORK)
    for item in items:
        work.spend(cost)
        yield item


def _put_out(value: object) -> str:
    """What becomes of a value that a template prints."""
    if isinstance(value, Undefined):
        return str(value)  # raises: the name is not known
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TemplateRefusedError(f"a {type(value).__name__} cannot be printed")
    text = str(value)[:_LONGEST_VALUE]
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return VALUE + text.translate(_MASKED)


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _CATEGORIES_OUT:
        return ""
    return " " if category in ("Cc", "Zl", "Zp") else sign


def _offered(value: object) -> object:
    """Data as a template sees it: names with dots, no methods, nothing that can be changed."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{str(name): _offered(one) for name, one in value.items()})
    if isinstance(value, tuple):
        return tuple(_offered(one) for one in value)
    return value


def _upper(value: str) -> str:
    return str(value).upper()


def _lower(value: str) -> str:
    return str(value).lower()


_FILTERS = {"upper": _upper, "lower": _lower, "length": len, "default": do_default}


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=_put_out,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
        loader=None,
    )
    environment.globals.clear()
    environment.filters = {**_FILTERS, _COUNTED: _counted}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


_ENVIRONMENT = _environment()
