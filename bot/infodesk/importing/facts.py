"""Sourced facts, `knowledge/facts/<category>.yaml`, and whether an answer says no more than they.

Read by the check only; the bot never opens them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.infodesk.domain import Answer
from bot.infodesk.importing import figures
from bot.infodesk.importing.front_matter import Fault
from bot.infodesk.wording import markup

HIGH = "high"
CONFIDENCES = (HIGH, "medium", "low")
_FIELDS = frozenset({"fact", "source", "as_of", "confidence", "volatile", "scope"})
_NEEDED = ("fact", "source", "confidence")
EVERYWHERE = "health/emergency"  # its short numbers may be named in any answer
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_SCHEME = re.compile(r"\bhttps?://(?:www\.)?|\bwww\.")
_URL = re.compile(r"https?://[^\s;\"'<>]+")
_ADDRESS = re.compile(r'href="([^"]+)"')
_SHORT_NUMBER = re.compile(r"1\d\d|1[78]\d\d|116\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATER_ZEROS = re.compile(r"(?<=\.)(\d*?)0+$")
_NUMBER, _BETWEEN = r"(\d[\d.,]*\d|\d)", "(?:working|calendar|school|full)"
# A number with one of these behind it is looked for in a fact that also has the unit.
_UNITS = {
    "day": r"days?\b",
    "week": r"weeks?\b",
    "month": r"months?\b",
    "year": r"years?\b",
    "hour": r"hours?\b",
    "euro": r"euros?\b",
    "%": r"%|percent\b|per cent\b",
}
_WRITTEN = {"euro": ("euro", "eur", "€"), "%": ("%", "percent", "per cent")}


@dataclass(frozen=True)
class Fact:
    """One fact with its source, and how sure it is."""

    slug: str
    text: str
    source: str
    as_of: str
    confidence: str
    is_volatile: bool = False

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number it supports, the year of its date among them."""
        said = map(_trimmed, figures.said(self.text))
        return frozenset(said) | figures.named(self.text) | set(_YEAR.findall(self.as_of))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The web addresses in its text and source, ends trimmed."""
        found = _URL.findall(f"{self.text} {self.source}")
        return frozenset(_plain_address(part) for url in found for part in _readings(url))

    @property
    def named(self) -> str:
        """Text and source, as far as addresses without https:// are looked for in them."""
        return _SCHEME.sub("", f"{self.text}\n{self.source}").casefold()

    def supports(self, claim: "Claim") -> bool:
        """Does it say this number, with its unit if it has one?"""
        if claim.number not in self.numbers:
            return False
        text = self.text.casefold()
        return not claim.unit or any(one in text for one in _WRITTEN.get(claim.unit, (claim.unit,)))


class Claim(NamedTuple):
    """A number that an answer states, and its unit when there is one behind it."""

    number: str
    unit: str = ""

    def __str__(self) -> str:
        is_many = self.number != "1" and self.unit and self.unit not in _WRITTEN
        return f"{self.number} {self.unit}{'s' if is_many else ''}".strip()


@dataclass(frozen=True)
class Knowledge:
    """All facts, by slug."""

    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)

    def of(self, slugs: Iterable[str]) -> list[Fact]:
        return [fact for slug in slugs for fact in self.facts.get(slug, ())]

    @property
    def lines(self) -> dict[str, list[str]]:
        """A line per fact for whoever reviews: how sure, what, from where, of when."""
        return {
            slug: [f"[{one.confidence}] {one.text} ({one.as_of}; {one.source})" for one in facts]
            for slug, facts in self.facts.items()
        }


def read(
    folder: Path, slugs: Iterable[str], categories: Collection[str] = ()
) -> tuple[Knowledge, list[Fault]]:
    """The facts of the files in a folder, and what is wrong with them; `slugs` are the topics.

    With `categories`, only their files.
    """
    known, faults = set(slugs), list[Fault]()
    facts: dict[str, tuple[Fact, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if categories and path.stem not in categories:
            continue
        try:
            root = yaml.compose(path.read_text(encoding="utf-8"), _LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            faults.append(Fault(path, line, f"YAML: {error.problem}; check quotes and indents"))
            continue
        for slug, rows in _lists(root, path, known, faults):
            facts[slug] = tuple(_facts(slug, rows, path, faults))
    return Knowledge(facts), faults


def claims_faults(answer: Answer, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What an answer says and no fact does: (key of the front matter, message)."""
    slugs = (answer.slug, *answer.facts)
    for slug in answer.facts:
        if slug not in knowledge.facts:
            yield "facts", f"facts: there are none of {slug!r} in knowledge/facts/"
    facts = knowledge.of(slugs)
    loose = {claim for claim in _claims(answer) if not _is_supported(claim, facts, knowledge)}
    for claim in sorted(loose):
        if not claim.unit or Claim(claim.number) not in loose:
            yield "short", _unsupported(claim, facts, knowledge, slugs)
    addresses = {address for fact in facts for address in fact.addresses}
    texts = "\n".join(fact.named for fact in facts)
    hosts = {address.partition("/")[0] for address in addresses}  # a source's own front page
    named = [("short", "link", url) for url in sorted(_links(answer))]
    named += [("sources", "source", source.url) for source in answer.sources]
    for key, what, url in named:
        if _plain_address(url) not in addresses | hosts and not _is_named(url, texts):
            yield key, f"the {what} {url} stands in no fact of {_listed(slugs)}"


def passing_faults(answer: Answer, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Numbers that only facts marked volatile support need a day to look again."""
    if answer.volatile is not None:
        return
    facts = [one for one in knowledge.of((answer.slug, *answer.facts)) if one.confidence == HIGH]
    lasting = [fact for fact in facts if not fact.is_volatile]
    passing = {
        claim.number
        for claim in _claims(answer)
        if any(fact.supports(claim) for fact in facts)
        and not any(fact.supports(claim) for fact in lasting)
    }
    if passing:
        listed = _listed(sorted(passing))
        yield "as_of", f"volatile: {listed} will change: name the day after which to look again"


def _claims(answer: Answer) -> Iterator[Claim]:
    """Every number, and those with a unit behind them together with it."""
    text = _visible(answer)
    for number in figures.of(text):
        yield Claim(_trimmed(figures.dialled(number) if len(number) > 8 else number))
    for name in figures.named(text):
        yield Claim(name)
    for unit, written in _UNITS.items():
        for number in re.findall(rf"{_NUMBER}[ -]?(?:{_BETWEEN} )?(?:{written})", text):
            yield Claim(_trimmed(figures.plainly(number)), unit)
        if unit not in ("euro", "%"):
            for number in figures.spelt_before(text, written):
                yield Claim(number, unit)
    for number in re.findall(rf"€ ?{_NUMBER}", text):
        yield Claim(_trimmed(figures.plainly(number)), "euro")


def _visible(answer: Answer) -> str:
    lines = [answer.title, markup.visible(markup.line_to_html(answer.short))]
    lines.append(markup.visible(markup.to_html(answer.body)))
    if answer.danger:
        lines += [*answer.danger.numbers, answer.danger.say_own]
    if answer.desk:
        lines.append(answer.desk.own)
    return "\n".join(lines)


def _is_supported(claim: Claim, facts: list[Fact], knowledge: Knowledge) -> bool:
    """By a sure fact of the topics named; 112 is 112 whatever the topic."""
    if not claim.unit and _SHORT_NUMBER.fullmatch(claim.number):
        facts = [*facts, *knowledge.of((EVERYWHERE,))]
    return any(fact.confidence == HIGH and fact.supports(claim) for fact in facts)


def _unsupported(
    claim: Claim, facts: list[Fact], knowledge: Knowledge, slugs: tuple[str, ...]
) -> str:
    elsewhere = [
        slug
        for slug, others in knowledge.facts.items()
        if slug.partition("/")[0] == slugs[0].partition("/")[0]
        and any(fact.confidence == HIGH and fact.supports(claim) for fact in others)
    ]
    hint = f", or name in `facts:` a topic that is sure of it ({_listed(elsewhere)})"
    weaker = next((fact for fact in facts if fact.supports(claim)), None)
    what = (
        f"{claim} stands only in a {weaker.confidence} fact of {weaker.slug}"
        if weaker
        else f"{claim} stands in no high fact of {_listed(slugs)}"
    )
    return f"{what}: leave it out{hint if elsewhere else ''}"


def _links(answer: Answer) -> set[str]:
    return set(_ADDRESS.findall(markup.to_html(answer.body)))


def _readings(url: str) -> Iterator[str]:
    """An address in running text: a comma or point behind it may belong to the sentence."""
    yield url.rstrip(".,:)")
    yield url


def _plain_address(url: str) -> str:
    return _SCHEME.sub("", url.strip()).rstrip("/")


def _is_named(url: str, texts: str) -> bool:
    """Is it named without https://, as people say it: 1712.be, or a mail address?"""
    bare = re.escape(_plain_address(url.removeprefix("mailto:")).casefold())
    return re.search(rf"(?<![\w./@-]){bare}(?![\w/@-])", texts) is not None


def _trimmed(number: str) -> str:
    """2.40 and 2.4 are one amount."""
    return _LATER_ZEROS.sub(r"\1", number).rstrip(".")


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(slugs)


# Reading, with the line of everything that is wrong.


def _lists(
    root: Any, path: Path, known: set[str], faults: list[Fault]
) -> Iterator[tuple[str, list[Any]]]:
    if not isinstance(root, yaml.MappingNode):
        faults.append(Fault(path, 1, "is a list of `category/name:` with facts below each"))
        return
    for key, rows in root.value:
        line = key.start_mark.line + 1
        if key.value not in known:
            faults.append(Fault(path, line, f"{key.value!r} is no topic of topics.yaml"))
        elif key.value.partition("/")[0] != path.stem:
            faults.append(Fault(path, line, f"{key.value!r} belongs in another file"))
        elif not isinstance(rows, yaml.SequenceNode):
            faults.append(Fault(path, line, f"{key.value} holds a list: `- fact: …` a line"))
        else:
            yield key.value, rows.value


def _facts(slug: str, rows: list[Any], path: Path, faults: list[Fault]) -> Iterator[Fact]:
    for row in rows:
        line = row.start_mark.line + 1
        if not isinstance(row, yaml.MappingNode):
            faults.append(Fault(path, line, "a fact is `fact: …, source: …, confidence: …`"))
            continue
        given = {key.value: value.value for key, value in row.value}
        if given.keys() == {"missing"}:
            continue
        if wrong := _wrong(given):
            faults.append(Fault(path, line, wrong))
            continue
        sure = given["confidence"]
        is_volatile = given.get("volatile") == "true"
        yield Fact(slug, given["fact"], given["source"], given["as_of"], sure, is_volatile)


def _wrong(given: Mapping[str, Any]) -> str:
    if unknown := given.keys() - _FIELDS:
        return f"{min(unknown)!r} is not known here; known are {_listed(sorted(_FIELDS))}"
    for name in (*_NEEDED, "as_of"):
        if not isinstance(given.get(name), str) or not given[name]:
            return f"{name} is missing, or is not one text"
    if given["confidence"] not in CONFIDENCES:
        return f"confidence {given['confidence']!r} is one of {_listed(CONFIDENCES)}"
    return ""
