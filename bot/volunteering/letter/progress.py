"""The way to the target as a picture. No words stand in it: they are the caption's, which a phone
sets in any script and reads aloud."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.events.letter.sheet import FONTS, LATIN

WIDE, HIGH = 800, 280
_FINER: Final = 3  # drawn so much larger, then made smaller: smooth edges
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 740, 128, 184  # of the bar
_STEP: Final = 10  # hours between two marks
_MARKS: Final = 8  # at most
_PAPER, _INK, _GREY = (255, 255, 255), (28, 36, 48), (90, 98, 108)
_EMPTY, _FULL, _DONE = (226, 231, 236), (46, 139, 87), (24, 106, 59)


def drawn(minutes: int, target: int, *, said: str, is_rtl: bool) -> bytes:
    """The bar; see `bot.volunteering.letter.picture`."""
    drawing = _Drawing(is_rtl=is_rtl)
    share = min(max(minutes, 0) / max(target, 1), 1.0)
    drawing.bar(1.0, _EMPTY)
    drawing.bar(share, _DONE if share == 1.0 else _FULL)
    for hours in _marks(target // 60):
        drawing.mark(hours * 60 / max(target, 1), str(hours), is_reached=hours * 60 <= minutes)
    drawing.flag()
    drawing.bubble(share, said, _DONE if share == 1.0 else _FULL)
    return drawing.done()


def _marks(hours: int) -> list[int]:
    """Where figures stand below the bar: the beginning, the end, and every ten hours between."""
    step = _STEP * max(1, -(-hours // (_STEP * _MARKS)))
    return [*range(0, hours - step // 2, step), hours]


class _Drawing:
    """Lengths are those of the finished picture; `at` is a share of the way."""

    def __init__(self, *, is_rtl: bool) -> None:
        self._is_rtl = is_rtl
        self._image = Image.new("RGB", (WIDE * _FINER, HIGH * _FINER), _PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def bar(self, share: float, colour: tuple[int, int, int]) -> None:
        """From the beginning as far as `share`; round at both ends."""
        if share <= 0:
            return
        high = _BOTTOM - _TOP
        ends = sorted((self._x(0.0), self._x(share)))
        if ends[1] - ends[0] < high:  # a short way is still a whole drop
            ends = [ends[1] - high, ends[1]] if self._is_rtl else [ends[0], ends[0] + high]
        self._round((ends[0], _TOP, ends[1], _BOTTOM), high / 2, colour)

    def mark(self, at: float, said: str, *, is_reached: bool) -> None:
        """A figure below the bar."""
        x = self._x(at)
        self._pen.line(self._finer(x, _BOTTOM + 8, x, _BOTTOM + 18), _GREY, 2 * _FINER)
        font = _font("Bold" if is_reached else "Regular", 26)
        place = (x * _FINER, (_BOTTOM + 26) * _FINER)
        self._pen.text(place, said, _INK if is_reached else _GREY, font, anchor="ma")

    def flag(self) -> None:
        """At the end of the way."""
        x, side = self._x(1.0), -1 if self._is_rtl else 1
        self._pen.line(self._finer(x, _TOP - 62, x, _TOP - 4), _INK, 4 * _FINER)
        cloth = self._finer(x, _TOP - 62, x + side * 38, _TOP - 48, x, _TOP - 34)
        self._pen.polygon(cloth, (214, 69, 65))

    def bubble(self, at: float, said: str, colour: tuple[int, int, int]) -> None:
        """How far it is, above the bar; it stays inside the picture, and before the flag."""
        font = _font("Bold", 44)
        wide = self._pen.textlength(said, font) / _FINER + 36
        x = self._x(at)
        room = 10 + wide / 2
        low, high = (room, WIDE - room)
        if self._is_rtl:
            low = _LEFT + 14 + wide / 2
        else:
            high = _RIGHT - 14 - wide / 2
        middle = min(max(x, low), high)
        self._round((middle - wide / 2, 22, middle + wide / 2, 92), 18, colour)
        tip = min(max(x, middle - wide / 2 + 24), middle + wide / 2 - 24)
        self._pen.polygon(self._finer(tip - 14, 90, tip + 14, 90, tip, 112), colour)
        self._pen.text((middle * _FINER, 57 * _FINER), said, _PAPER, font, anchor="mm")

    def done(self) -> bytes:
        """The file."""
        file = BytesIO()
        small = self._image.resize((WIDE, HIGH), Image.Resampling.LANCZOS)
        small.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _x(self, at: float) -> float:
        way = (_RIGHT - _LEFT) * at
        return _RIGHT - way if self._is_rtl else _LEFT + way

    def _round(
        self, box: tuple[float, float, float, float], radius: float, colour: tuple[int, int, int]
    ) -> None:
        self._pen.rounded_rectangle(self._finer(*box), radius * _FINER, colour)

    def _finer(self, *lengths: float) -> tuple[float, ...]:
        return tuple(length * _FINER for length in lengths)


def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    file = FONTS / f"{LATIN}-{style}.ttf"
    return ImageFont.truetype(file, size * _FINER, layout_engine=ImageFont.Layout.BASIC)
