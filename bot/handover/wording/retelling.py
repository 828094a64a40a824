"""What colleagues had said, as lines of text."""

import html
from collections.abc import Mapping, Sequence
from typing import Final

from bot.handover import domain
from bot.handover.domain import Piece
from bot.handover.wording import card
from bot.language import bidi
from bot.language.catalog import Words

LIMIT: Final = 3500  # characters, of the 4096 that Telegram takes


def answers(_: Words, said: Sequence[Piece], names: Mapping[int, str]) -> str:
    """ "→ Joris: Monday at 9.", oldest first; what does not fit any more is the oldest."""
    lines: list[str] = []
    left = LIMIT
    for piece in reversed(said):
        line = domain.shortened(_line(_, piece, names.get(piece.author_id or 0, "—")), LIMIT)
        if lines and len(line) + 1 > left:
            break
        left -= len(line) + 1
        lines.append(html.escape(line, quote=False))
    return "\n".join([_("💬 What colleagues had written to the person:"), *reversed(lines)])


def _line(_: Words, piece: Piece, name: str) -> str:
    sent = [] if piece.media is None else [f"📎 {card.media_name(_, piece.media)}"]
    words = [bidi.contained(piece.text)] if piece.text else []
    return f"→ {name}: {' '.join([*sent, *words])}"
