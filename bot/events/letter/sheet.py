"""A sheet of A4 with embedded fonts, in both directions (docs/decisions/0020)."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import segno
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from bot.language import bidi

FONTS: Final = Path(__file__).parent / "fonts"
LATIN, ARABIC = "NotoSans", "NotoNaskhArabic"
_STYLES: Final = (("", "Regular"), ("B", "Bold"))
_MARGIN: Final = 22.0
_LABELS: Final = 38.0  # width of the column of labels
_GAP: Final = 4.0  # between columns
_SIGNED: Final = 76.0  # width of what stands before a line for a signature
_HAND: Final = 12.0  # height that a signature needs
_GREY, _INK, _LINE = (90, 98, 108), (28, 36, 48), (205, 211, 217)
_SIZE: Final = 10.5
_FROM_RIGHT: Final = "\u200f"
_ONE_SIGN: Final = ("\u0647\u0654", "\u06c0")  # looks the same; two would be copied out apart
_STEERS: Final = re.compile("[\u2066-\u2069\u200e\u200f\u202a-\u202e]")


class Sheet:
    """Paragraphs one below the other; `turn` says in which direction the next ones run."""

    def __init__(self, *, title: str, author: str, at: datetime, foot: str = "") -> None:
        """`foot`: what stands at the foot of each page, before its number."""
        self._pdf = pdf = _Pages(format="A4")
        pdf.foot = foot
        pdf.set_margins(_MARGIN, 18)
        pdf.c_margin = 0  # text begins where lines and codes begin
        pdf.set_auto_page_break(True, margin=16)
        for family in (LATIN, ARABIC):
            for style, name in _STYLES:
                pdf.add_font(family, style, FONTS / f"{family}-{name}.ttf")
        pdf.set_title(title)
        pdf.set_author(author)
        pdf.set_creation_date(at)
        pdf.add_page()
        self._is_rtl = False
        self.turn("nl", is_rtl=False)

    def turn(self, language: str, *, is_rtl: bool) -> None:
        """What follows is in this language."""
        self._is_rtl = is_rtl
        direction = "rtl" if is_rtl else "ltr"
        self._pdf.set_lang("nl")  # of the document: the Dutch text counts
        self._pdf.set_text_shaping(True, direction=direction, language=language)

    def text(
        self,
        text: str,
        *,
        size: float = _SIZE,
        is_bold: bool = False,
        is_grey: bool = False,
        after: float = 2.5,
    ) -> None:
        """A paragraph over the whole width."""
        self._font(size, is_bold=is_bold, is_grey=is_grey)
        self._write(self._pdf.epw, text, size)
        self._pdf.ln(after)

    def pair(self, label: str, value: str, *, is_bold: bool = False) -> None:
        """A label and what belongs to it, beside each other."""
        pdf = self._pdf
        wide = pdf.epw - _LABELS - _GAP
        self._font(_SIZE, is_bold=is_bold)
        self.room(max(self._height(wide, value), self._height(_LABELS, label)))
        top, starts = pdf.get_y(), pdf.l_margin
        label_x, value_x = starts, starts + _LABELS + _GAP
        if self._is_rtl:
            label_x, value_x = starts + wide + _GAP, starts
        pdf.set_xy(label_x, top)
        self._font(_SIZE, is_grey=True)
        self._write(_LABELS, label, _SIZE)
        bottom = pdf.get_y()
        pdf.set_xy(value_x, top)
        self._font(_SIZE, is_bold=is_bold)
        self._write(wide, value, _SIZE)
        pdf.set_y(max(bottom, pdf.get_y()) + 0.8)

    def band(self, text: str) -> None:
        """A grey band that nobody overlooks."""
        pdf = self._pdf
        pdf.set_fill_color(232, 235, 239)
        self._font(11, is_bold=True, is_grey=True)
        pdf.cell(pdf.epw, 9, fitting(text), align="C", fill=True)
        pdf.ln(12)

    def rule(self) -> None:
        """A thin line."""
        pdf = self._pdf
        pdf.set_draw_color(*_LINE)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.l_margin + pdf.epw, pdf.get_y())
        pdf.ln(3.5)

    def blank(self, label: str) -> None:
        """A line to be filled in with a pen, at the height of the label's last line."""
        pdf = self._pdf
        self._font(_SIZE, is_grey=True)
        high = self._height(_SIGNED, label)
        self.room(max(high, _HAND))
        bottom = pdf.get_y() + max(high, _HAND)
        pdf.set_y(bottom - high)
        self._write(_SIGNED, label, _SIZE)
        pdf.set_draw_color(*_GREY)
        pdf.line(pdf.l_margin + _SIGNED + _GAP, bottom, pdf.l_margin + pdf.epw, bottom)
        pdf.set_y(bottom + 3)

    def room(self, high: float) -> None:
        """What follows is so high, in millimetres, and stays on one page."""
        if self._pdf.will_page_break(high):
            self._pdf.add_page()

    def code(self, address: str, lines: Sequence[str], *, side: float = 26) -> None:
        """A code that leads to `address`, with lines beside it; never torn from each other."""
        pdf = self._pdf
        self.room(side + 4)
        left, top = pdf.l_margin, pdf.get_y()
        if address:
            self._squares(address, left, top, side)
            pdf.link(left, top, side, side, address)
        beside = left + (side + 6 if address else 0)
        pdf.set_xy(beside, top + 1)
        for line in lines:
            self._font(9.5)
            pdf.set_x(beside)
            self._write(pdf.epw - (beside - left), line, 9.5)
        pdf.set_y(max(pdf.get_y(), top + (side if address else 0)) + 3)

    def done(self) -> bytes:
        """The file."""
        return bytes(self._pdf.output())

    def _squares(self, address: str, left: float, top: float, side: float) -> None:
        rows = list(segno.make(address, error="m", micro=False).matrix)
        size = side / len(rows)
        self._pdf.set_fill_color(*_INK)
        for y, row in enumerate(rows):
            for x, is_dark in enumerate(row):
                if is_dark:
                    place = (left + x * size, top + y * size)
                    self._pdf.rect(*place, size, size, style="F")

    def _font(self, size: float, *, is_bold: bool = False, is_grey: bool = False) -> None:
        first, second = (ARABIC, LATIN) if self._is_rtl else (LATIN, ARABIC)
        self._pdf.set_font(first, style="B" if is_bold else "", size=size)
        self._pdf.set_fallback_fonts([second], exact_match=False)
        self._pdf.set_text_color(*(_GREY if is_grey else _INK))

    def _write(self, width: float, text: str, size: float) -> None:
        self._pdf.multi_cell(
            width,
            self._line(size),
            self._set(text),
            align="R" if self._is_rtl else "L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _height(self, width: float, text: str) -> float:
        """Of a text in the font that is set, as broken into lines."""
        measured = self._pdf.multi_cell(
            width, self._line(_SIZE), self._set(text), dry_run=True, output=MethodReturnValue.HEIGHT
        )
        return float(measured)  # type: ignore[arg-type]  # one value is asked for

    def _line(self, size: float) -> float:
        return size * (0.62 if self._is_rtl else 0.5)

    def _set(self, text: str) -> str:
        text = fitting(text)
        if not self._is_rtl:
            return text
        # Else a line that begins with a name would run from the left.
        return "\n".join(f"{_FROM_RIGHT}{line}" for line in text.split("\n"))


class _Pages(FPDF):
    """Pages that say what they belong to, should they come apart."""

    foot = ""

    def footer(self) -> None:
        if not self.foot:
            return
        self.set_text_shaping(False)
        self.set_y(-12)
        self.set_font(LATIN, size=8)
        self.set_text_color(*_GREY)
        self.cell(0, 5, f"{self.foot} · {self.page_no()}/{{nb}}", align="C")


def fitting(text: str) -> str:
    """A text without signs that our fonts cannot draw: the emoji in somebody's sentence."""
    known = covered()
    text = _STEERS.sub("", bidi.contained(text)).replace(*_ONE_SIGN)
    return "".join(sign for sign in text if ord(sign) in known)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Every sign that both weights can draw, with one of the two fonts."""
    signs = []
    for _, name in _STYLES:
        known: set[int] = set()
        for family in (LATIN, ARABIC):
            with TTFont(FONTS / f"{family}-{name}.ttf", lazy=True) as file:
                known.update(file.getBestCmap())
        signs.append(known)
    return frozenset(signs[0] & signs[1]) | {ord("\n")}
