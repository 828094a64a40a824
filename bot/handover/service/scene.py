"""Where and when somebody looks at an inbox, whom there is to call, and what is said in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.delivery.messages import Buttons, Lane, Message, Outgoing
from bot.duty.domain import BRUSSELS, Shift
from bot.handover.desk import HandoverDesk
from bot.handover.domain import Inbox
from bot.handover.service.planning import DeskHours
from bot.people.domain import Colleague

CALL_RECEIPT = "handover.called"
CALL_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at one inbox; `since` is until when it was looked at before."""

    desk: HandoverDesk
    inbox: Inbox
    hours: DeskHours
    team: Mapping[int, Colleague]
    since: datetime
    now: datetime

    def on_duty(self) -> list[Colleague]:
        """Who is on duty at this desk now, by its roster."""
        place = self.inbox.desk, self.inbox.language
        found = self.desk.timetable.on_duty(*place, self.now)
        return [self.team[id_] for id_ in found if id_ in self.team]

    def shifts(self) -> Sequence[Shift]:
        """The duty blocks of today."""
        today: date = self.now.astimezone(BRUSSELS).date()
        return self.desk.timetable.shifts(self.inbox.desk, self.inbox.language, today)

    def posts(self, text: str, *, lane: Lane = "notice", buttons: Buttons = ()) -> list[Message]:
        """Something to be said in the inbox; nothing where it has no group."""
        home, group = self.inbox, self.desk.group_at(self.inbox)
        if group is None:
            return []
        has_topic = self.desk.is_forum_ok and home.has_topics and home.made_at is not None
        post = Outgoing(
            to=group,
            lane=lane,
            in_topic=home.slot("topic") if has_topic else None,
            text=text,
            buttons=buttons,
            expires_at=self.now + CALL_LASTS,
            receipt=CALL_RECEIPT,
            ref=f"{home.name}:{home.generation}",
        )
        return [post]
