"""One person's copy of a message to many, in the language that they read now."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.broadcast.desk import BroadcastDesk
from bot.broadcast.domain import Broadcast, Draft, fallbacks, read_in
from bot.broadcast.wording import frames
from bot.broadcast.wording.frames import Reader, Text
from bot.delivery.messages import Outgoing

RECEIPT = "broadcast"


@dataclass(slots=True)
class Press:
    """Prints copies of one draft; what is the same for many is made ready once."""

    desk: BroadcastDesk
    draft: Draft
    _texts: dict[str, Text | None] = field(default_factory=dict)

    def copy(self, language: str | None, reader: Reader) -> Outgoing:
        """Somebody's copy, without an address."""
        _ = self.desk.catalogs.words(language)
        text = frames.letter(
            _, self.draft.kind, reader, self._text(_.code), organisation=self.desk.organisation
        )
        buttons = frames.buttons(_, self.draft.topic)
        return Outgoing(text=text, buttons=buttons, picture=self.draft.picture)

    def _text(self, language: str) -> Text | None:
        if language not in self._texts:
            self._texts[language] = self._made(language)
        return self._texts[language]

    def _made(self, language: str) -> Text | None:
        code = read_in(self.draft.texts, language, order=fallbacks(self.desk.staff_language))
        if code is None:
            return None
        _ = self.desk.catalogs.words(code)
        return Text(frames.template(self.draft.texts[code], _), _)


def key(broadcast_id: int, person_id: int) -> str:
    """The name of a copy in the outbox: nobody gets two."""
    return f"broadcast:{broadcast_id}:{person_id}"


def addressed(
    copy: Outgoing, one: Broadcast, person_id: int, *, to: int, expires_at: datetime
) -> Outgoing:
    """A copy on its way to somebody."""
    return Outgoing(
        to=to,
        lane="broadcast",
        key=key(one.id, person_id),
        text=copy.text,
        buttons=copy.buttons,
        picture=copy.picture,
        expires_at=expires_at,
        receipt=RECEIPT,
        ref=f"{one.id}:{person_id}",
        person_id=person_id,
    )
