"""A telephone number for one call: how people write it, and what it is. Pure."""

import re
from datetime import timedelta
from typing import Final

CALL_ASKED_FOR: Final = timedelta(days=1)  # so long an answer to "which number?" is taken for one
PHONE_FIGURES: Final = 6  # with fewer, a text is no attempt at a number

# After 0: eight figures at home (42 and 43 are Liège), nine for a mobile phone.
_INSIDE: Final = r"(4[5-9]\d{7}|(?:[1-35-9]\d|4[23])\d{6})"
_BELGIAN: Final = re.compile("0" + _INSIDE)
_ABROAD: Final = re.compile(r"\+[1-9]\d{7,14}")
_BELGIAN_ABROAD: Final = re.compile(r"\+32" + _INSIDE)
_BETWEEN: Final = re.compile(r"[\s().\-/‐‑–\u200e\u200f\u2066-\u2069\u202a-\u202c]+")


def phone_in(text: str) -> str | None:
    """ "+32470123456" of "0470 12 34 56", "0032 (0)470/12.34.56"; None for what is no number.

    `text` has its digits as 0-9 already.
    """
    plain = _BETWEEN.sub("", text.replace("(0)", ""))
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    if (belgian := _BELGIAN.fullmatch(plain)) is not None:
        return f"+32{belgian[1]}"
    if plain.startswith("+320"):  # the 0 that is left out from abroad
        plain = "+32" + plain[4:]
    pattern = _BELGIAN_ABROAD if plain.startswith("+32") else _ABROAD
    return plain if pattern.fullmatch(plain) else None


def phone_shown(number: str) -> str:
    """The same to read: "+32 470 12 34 56"."""
    if not number.startswith("+32"):
        return number
    rest = number[3:]
    head = rest[:3] if len(rest) == 9 else rest[:-6]
    tail = rest[len(head) :]
    return " ".join(["+32", head, *(tail[at : at + 2] for at in range(0, len(tail), 2))])
