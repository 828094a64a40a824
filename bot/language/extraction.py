"""Finding the messages in the code: what goes into the catalogues.

Only calls on the voice itself count (`_(…)`, `_.label(…)`), and the marks `N_` and `N_label`;
a column's `.label("places")` in a query is nobody's message. Babel calls `read_calls`.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from babel.messages.extract import extract_from_dir

KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "plain": None,
    "label": None,
    "N_": None,
    "N_label": None,
    "plural": (1, 2),
    "plain_plural": (1, 2),
    "label_plural": (1, 2),
    "ctx": ((1, "c"), 2),
}
MARKS: Final = frozenset({"N_", "N_label"})
LABELS: Final = frozenset({"label", "label_plural", "N_label"})
_SPOKEN: Final = frozenset(KEYWORDS) - MARKS - {"_", "label"}  # a column has a `.label`, too
LABEL_NOTE: Final = "On a button."
_TEXT_ARGUMENTS: Final = {"plural": 2, "plain_plural": 2, "label_plural": 2, "ctx": 2}


@dataclass(frozen=True)
class Message:
    """One message of the code and every place where it is said."""

    msgid: str
    plural: str | None = None
    context: str | None = None
    is_label: bool = False
    where: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call that says a message: its texts, the values it hands over, and what is odd."""

    line: int
    keyword: str
    texts: tuple[tuple[str, ...], ...]
    values: frozenset[str]
    has_more_values: bool
    is_glued: bool


def template(package: Path) -> list[Message]:
    """Return every message of the package, sorted, each once."""
    found: dict[tuple[str | None, str], Message] = {}
    rows = extract_from_dir(
        package,
        [("**.py", f"{__name__}:read_calls")],
        keywords=KEYWORDS,
        options_map={},
        comment_tags=(),
    )
    for path, line, said, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        msgid, plural = (said, None) if isinstance(said, str) else (said[0], said[1])
        message = Message(
            msgid, plural, context, LABEL_NOTE in comments, (f"{package.name}/{path}:{line}",)
        )
        key = (context, msgid)
        found[key] = _joined(found[key], message) if key in found else message
    return sorted(found.values(), key=lambda message: (message.msgid, message.context or ""))


def read_calls(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],
    _comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """Babel's extraction method for our Python files (named in babel.cfg); it takes no options."""
    for call in calls(fileobj.read()):
        if call.keyword not in keywords:
            continue
        notes = [LABEL_NOTE] if call.keyword in LABELS else []
        for texts in call.texts:
            yield call.line, call.keyword, texts if len(texts) > 1 else texts[0], notes


def calls(source: bytes | str) -> Iterator[Call]:
    """Every call in a file that says or marks a message."""
    for node in ast.walk(ast.parse(source)):
        keyword = _keyword(node.func) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and keyword is not None:
            yield _call(node, keyword)


def unheard(source: bytes | str) -> Iterator[int]:
    """Lines that say a text with a voice called something else than `_`: no catalogue has it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_unheard(node):
            yield node.lineno


def _is_unheard(call: ast.Call) -> bool:
    says = isinstance(call.func, ast.Attribute) and call.func.attr in _SPOKEN
    return says and _keyword(call.func) is None and any(map(_alternatives, call.args[:1]))


def _joined(first: Message, second: Message) -> Message:
    return replace(
        first,
        plural=first.plural or second.plural,
        is_label=first.is_label or second.is_label,
        where=first.where + second.where,
    )


def _keyword(func: ast.expr) -> str | None:
    if isinstance(func, ast.Name):
        return func.id if func.id == "_" or func.id in MARKS else None
    if not isinstance(func, ast.Attribute):
        return None
    is_voice = isinstance(func.value, ast.Name) and func.value.id == "_"
    return func.attr if func.attr in MARKS or (is_voice and func.attr in KEYWORDS) else None


def _call(node: ast.Call, keyword: str) -> Call:
    arguments = node.args[: _TEXT_ARGUMENTS.get(keyword, 1)]
    return Call(
        line=node.lineno,
        keyword=keyword,
        texts=_texts(arguments),
        values=frozenset(given.arg for given in node.keywords if given.arg),
        has_more_values=any(given.arg is None for given in node.keywords),
        is_glued=any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in arguments),
    )


def _texts(arguments: list[ast.expr]) -> tuple[tuple[str, ...], ...]:
    """The texts said: one tuple per alternative of `_("a" if … else "b")`, none for a variable."""
    if len(arguments) == 1:
        return tuple((text,) for text in _alternatives(arguments[0]))
    fixed = tuple(_alternatives(argument) for argument in arguments)
    return (tuple(texts[0] for texts in fixed),) if fixed and all(fixed) else ()


def _alternatives(argument: ast.expr) -> tuple[str, ...]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return (argument.value,)
    if isinstance(argument, ast.IfExp):
        return _alternatives(argument.body) + _alternatives(argument.orelse)
    return ()
