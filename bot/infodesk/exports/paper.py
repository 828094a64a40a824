"""Answers on paper: a page each, with its facts beside it and room for marks and remarks."""

import html
from collections.abc import Iterator, Mapping, Sequence

from bot.infodesk.domain import Answer, Library
from bot.infodesk.wording import markup

_STYLE = """
body { font: 11pt/1.45 sans-serif; margin: 2em auto; max-width: 70em; }
article { break-after: page; margin-bottom: 4em; }
header { color: #555; font-size: 9pt; }
.beside { display: flex; gap: 2em; }
.text { flex: 1; border: 1px solid #bbb; padding: 0 1em; white-space: pre-wrap; }
.facts { flex: 1; font-size: 9pt; }
.facts li { margin-bottom: .6em; }
table { width: 100%; border-collapse: collapse; margin-top: 1em; }
td { border: 1px solid #bbb; height: 3em; vertical-align: top; padding: .3em; width: 33%; }
"""
_BOXES = ("facts checked (initials, date)", "language checked (initials, date)", "remarks")


def document(
    library: Library, language: str, facts: Mapping[str, Sequence[str]], *, is_rtl: bool
) -> str:
    """One HTML file for the printer; urgent topics first."""
    known = library.answers[language]
    slugs = sorted(library.topics, key=lambda slug: not library.is_urgent(slug))
    pages = "".join(_page(known[slug], facts, is_rtl=is_rtl) for slug in slugs if slug in known)
    return (
        f'<!doctype html><html lang="{language.replace("_", "-")}"><meta charset="utf-8">'
        f"<title>Wegwijzer: {language}</title><style>{_STYLE}</style>{pages}</html>\n"
    )


def _page(answer: Answer, facts: Mapping[str, Sequence[str]], *, is_rtl: bool) -> str:
    direction = "rtl" if is_rtl else "ltr"
    lines = (line for slug in (answer.slug, *answer.facts) for line in facts.get(slug, ()))
    listed = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    boxes = "".join(f"<td>{box}</td>" for box in _BOXES)
    return (
        f"<article><header>{answer.slug} · {answer.language} · as of {answer.as_of or '?'}</header>"
        f'<div class="beside"><div class="text" dir="{direction}">{"".join(_parts(answer))}</div>'
        f'<ol class="facts" dir="ltr">{listed}</ol></div><table><tr>{boxes}</tr></table></article>'
    )


def _parts(answer: Answer) -> Iterator[str]:
    yield f"<h2>{markup.line_to_html(answer.title)}</h2>"
    if answer.danger:
        danger = (*answer.danger.numbers, answer.danger.say, answer.danger.say_own)
        yield f"<p>{'<br>'.join(html.escape(line) for line in danger)}</p>"
    yield f"<p>{markup.line_to_html(answer.short)}</p>"
    yield f"<p>{markup.to_html(answer.body)}</p>"
    if answer.hold:
        yield f"<p><b>[on hold: {html.escape(answer.hold)}]</b></p>"
    if answer.desk:
        yield f"<p>{html.escape(answer.desk.nl)}<br>{html.escape(answer.desk.own)}</p>"
