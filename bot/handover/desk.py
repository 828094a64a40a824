"""What this slice is given from above when the house is wired."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.delivery.incoming import Incoming
from bot.delivery.messages import Button, Buttons, Keyboard, Message
from bot.duty.desk import Timetable
from bot.handover import domain
from bot.handover.domain import Already, Case, Inbox
from bot.handover.domain.waiting import Patience
from bot.language.catalog import Catalogs, Words
from bot.people.desk import Alarm
from bot.people.domain import Person
from bot.storage.transaction import Tx

AlreadyTold = Callable[[Tx, int], Awaitable[Already]]
FirstOf = Callable[[Tx, str, Sequence[int]], Awaitable[Sequence[int]]]
CaseButtons = Callable[[Words, Case], tuple[Button, ...]]
AnswersAnew = Callable[[Tx, Person, str, Incoming], Awaitable[list[Message]]]


async def nothing_before(tx: Tx, person_id: int) -> Already:
    """Nothing was shown yet."""
    return Already()


async def nobody_first(tx: Tx, office: str, on_duty: Sequence[int]) -> Sequence[int]:
    """No colleague goes before another."""
    return ()


async def no_answer(tx: Tx, person: Person, text: str, incoming: Incoming) -> list[Message]:
    """Nobody answers questions (a house without an info desk)."""
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverDesk:
    """Static things of the staff queue.

    staff_groups    chat id of a staff group by the name of its desk or language; "infodesk" is for
                    all that have none; empty: the queue waits in the database
    hold            how long a colleague's message may still be stopped
    bundle          how long a person's next messages are waited for, to reach the topic together
    timetable       who is on duty, and when each desk is open for a language
    patience        after how long who waits is not left to wait alone
    already         what the bot showed before the person asked for a colleague
    categories      the categories of questions, in the order in which they are offered
    category_title  the name of a category in a language
    topic_title     the title of a topic in a language
    guess_topic     the topic of the info desk that words in a language are about, if one fits
    further_tags    rows that other features add to the menu "Tag"
    answers_anew    answers a text as a new question ("No, a new question")
    alarm           the numbers to call, for words that sound like danger
    young_help      what the reviewed answers say to somebody under 18, with numbers to call
    phone           the organisation's own number
    keyboard        the keyboard that stays, brought back after another was shown
    facts           what canned answers may name of the organisation, in a language
    further_case_buttons  what other slices offer in the header of a question
    first_of        who of those on duty looks after an office: volunteers' questions are theirs
    further_commands  what other slices offer in the staff group, for /help there
    is_forum_ok     False: never try topics, work with replies to the card
    """

    catalogs: Catalogs
    organisation: str
    staff_language: str
    staff_groups: Mapping[str, int] = field(default_factory=dict)
    hold: timedelta = timedelta(seconds=10)
    bundle: timedelta = timedelta(seconds=2.5)
    timetable: Timetable = field(default_factory=Timetable)
    patience: Patience = field(default_factory=Patience)
    already: AlreadyTold = nothing_before
    category_title: Callable[[str, str], str] = lambda language, category: category
    categories: tuple[str, ...] = ()
    guess_topic: Callable[[str, str], str | None] = lambda text, language: None
    topic_title: Callable[[str, str], str] = lambda slug, language: slug
    further_tags: Callable[[Words, Case], Buttons] = lambda words, case: ()
    answers_anew: AnswersAnew = no_answer
    alarm: Alarm = lambda person, text, now: []
    young_help: Callable[[Person, datetime], list[Message]] = lambda person, now: []
    phone: str = ""
    keyboard: Callable[[Words], Keyboard | None] = lambda words: None
    retention: timedelta = timedelta(days=90)
    facts: Callable[[str], Mapping[str, str]] = lambda language: {}
    further_case_buttons: CaseButtons = lambda words, case: ()
    first_of: FirstOf = nobody_first
    further_commands: tuple[tuple[str, str], ...] = ()
    is_forum_ok: bool = True

    @property
    def group(self) -> int | None:
        """The staff group of the info desk, where there is one."""
        return self.staff_groups.get(domain.INFODESK)

    def group_for(self, desk: str, language: str) -> int | None:
        """The group in which questions of a desk and a language are answered.

        A desk's own group, else the language's, else that of the info desk. Questions of somebody
        under 18 never come to a group that was not made for them.
        """
        if desk != domain.INFODESK and desk in self.staff_groups:
            return self.staff_groups[desk]
        if desk == domain.MINORS:
            return None
        return self.staff_groups.get(language, self.group)

    def group_of(self, case: Case) -> int | None:
        """The same for a question; that of somebody under 18 has the trained colleagues' alone."""
        where = domain.MINORS if domain.is_for_the_trained(case) else case.desk
        return self.group_for(where, case.language)

    def desk_for(self, case: Case) -> str:
        """Where a question waits before colleagues move it: a volunteer's at the desk of its own,
        where there is one, that is: a group or blocks in the roster."""
        own = domain.VOLUNTEERING
        is_there = own in self.staff_groups or self.timetable.has_desk(own)
        return own if case.office is not None and is_there else domain.INFODESK

    def group_at(self, inbox: Inbox) -> int | None:
        """The same for an inbox."""
        return self.group_for(inbox.desk, inbox.language)

    @property
    def staff_words(self) -> Words:
        """The language of the staff group."""
        return self.catalogs.words(self.staff_language)

    def expected(self, case: Case, now: datetime) -> datetime | None:
        """When somebody reads it: <= now means now, None unknown."""
        return self.timetable.expects(case.language, now, case.desk)

    def words_for(self, person: Person, incoming: Incoming) -> Words:
        """In a colleague's own chat their language, in a group that of the group."""
        return self.catalogs.words(person.language) if incoming.is_private else self.staff_words

    def category_for_staff(self, case: Case) -> str:
        """The name of the case's category, or nothing."""
        return self.category_title(self.staff_language, case.category) if case.category else ""
