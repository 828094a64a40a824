"""Numbers in texts, so that those of two texts can be compared."""

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"\+?\d+(?:[.,:]\d+|[\u00a0\u202f]\d{3}(?!\d))*")
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[.,\u00a0\u202f]\d{3}(?!\d))+")
_LIST_MARK = re.compile(r"^ *\d+\. ", re.MULTILINE)
# Telephone numbers are written in groups: 0800 12 800, 02/205.30.50, +32 (0)2 205 30 50.
_GROUPED = re.compile(r"(?<![\d.,])(?:\+\d{2,3}|00\d{2}|0\d)(?:[ ./-]?(?:\(0\))?[ ]?\d+)+")
_PHONE = 9  # digits of the shortest with its zone
_ABROAD = re.compile(r"^(?:\+|00)32(?:\(0\))?0?")
_CLOCK = re.compile(r"(?<![\d.:])(1[0-2]|[1-9])(?:[.:]([0-5]\d))? ?([ap])\.? ?m\b", re.IGNORECASE)
_AROUND_THE_CLOCK = re.compile(r"day and night|around the clock|24 hours a day", re.IGNORECASE)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?:(?: and | or | to |-|–|, )\d{1,2})*"
_DATE = re.compile(rf"\b({_DAYS}) ({'|'.join(_MONTHS)})\b")
_ISO_DATE = re.compile(r"\b\d{4}-(0[1-9]|1[0-2])-([0-3]\d)\b")
_LETTERED = re.compile(r"\b\d+(?:bis|ter|quater|quinquies|sexies|septies)\b")
_MINOR = re.compile(r"\bminors?\b", re.IGNORECASE)  # in Belgium: under 18
_ONE = re.compile(r"\b(?:an?|per|each|every) (?:day|week|month|year|hour)\b", re.IGNORECASE)

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)
_WORDS = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{word: number for number, word in enumerate(_ORDINALS, 1)},
    **{"once": 1, "twice": 2, "dozen": 12},
}
_LARGE = {"hundred": 100, "thousand": 1000}
_SPELT = re.compile(
    rf"\b(?:{'|'.join((*_WORDS, *_LARGE))})\b"
    rf"(?:(?:-| and | )(?:{'|'.join((*_WORDS, *_LARGE))})\b)*",
    re.IGNORECASE,
)


def of(text: str) -> set[str]:
    """The numbers written in figures in a text that people read; marks of lists are none."""
    return {plainly(figure) for figure in _FIGURE.findall(_LIST_MARK.sub("", text))}


def named(text: str) -> set[str]:
    """Days of a month ("1 July") and lettered numbers ("10bis") of an English text."""
    found = set(_LETTERED.findall(text))
    for days, month in _DATE.findall(text):
        found |= {f"{int(day)} {month}" for day in re.findall(r"\d+", days)}
    for month, day in _ISO_DATE.findall(text):
        found.add(f"{int(day)} {_MONTHS[int(month) - 1]}")
    return found


def plainly(number: str) -> str:
    """9:00, 9.00 and 9 are one hour; 67,53 and 67.53 one amount, and so is 1 314,20 with 1,314.20.

    Thousands stand apart by a point, a comma, a no-break space or nothing, as each language has it.
    """
    number = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found.group()), number)
    whole = re.sub(r"[.:]00$", "", number.replace(",", "."))
    return re.sub(r"^0(\d)(?=[.:]|$)", r"\1", whole).replace(":", ".")


def dialled(number: str) -> str:
    """A telephone number as it is dialled in Belgium, without spaces."""
    return _ABROAD.sub("0", re.sub(r"[^\d+()]", "", number))


def said(text: str) -> set[str]:
    """Every number that a fact (in English) supports: also spelt out, dialled, on another clock."""
    phones = [grouped for grouped in _GROUPED.findall(text) if len(dialled(grouped)) >= _PHONE]
    found = {number for grouped in phones for number in _beginnings(grouped)}
    for grouped in phones:
        text = text.replace(grouped, "…")  # its groups are no numbers of their own
    found |= of(text) | {dialled(figure) for figure in _FIGURE.findall(text)}
    for hour, minutes, half in _CLOCK.findall(text):
        found.add(plainly(f"{int(hour) % 12 + 12 * (half in 'pP')}:{minutes or '00'}"))
    for spelt in _SPELT.findall(text):
        found |= {str(number) for number in _worth(spelt)}
    if _ONE.search(text):
        found.add("1")
    if _MINOR.search(text):
        found.add("18")
    if _AROUND_THE_CLOCK.search(text):
        found |= {"24", "7"}
    return found


def spelt_before(text: str, unit: str) -> Iterator[str]:
    """Numbers in words that stand before a unit (a pattern): "four" of "four months"."""
    for found in re.finditer(rf"({_SPELT.pattern})[ -](?:\w+ )?(?:{unit})", text, re.IGNORECASE):
        yield from (str(number) for number in _worth(found[1]))


def _beginnings(grouped: str) -> Iterator[str]:
    """A number and the shorter ones it begins with: what follows it may be another one."""
    parts = re.split(r"(?<=\d)[ /](?=\d)", grouped)
    shorter = (dialled("".join(parts[:end])) for end in range(1, len(parts) + 1))
    yield from (number for number in shorter if len(number) >= _PHONE)


def _worth(spelt: str) -> Iterator[int]:
    """The numbers in words that stand together: "twenty-one", "one hundred", "two three"."""
    total: int | None = None
    for word in re.split(r"[- ]", spelt.casefold()):
        if word in _LARGE:
            total = (total or 1) * _LARGE[word]
        elif word in _WORDS and total is not None and total % 10 == 0 < _WORDS[word] < total:
            total += _WORDS[word]
        elif word in _WORDS:
            if total is not None:
                yield total
            total = _WORDS[word]
    if total is not None:
        yield total
