"""✏️ Other facts of an event, or of those that follow it too; 🌐 its words in another language."""

from bot.delivery.incoming import Incoming, Tapped
from bot.delivery.messages import Message
from bot.dialog import forms
from bot.dialog.forms import Answers, Form, Known
from bot.dialog.routes import Routes, Shows, bound
from bot.errors import number_in
from bot.events.desk import EventsDesk
from bot.events.domain import refusals as refused
from bot.events.service import organising
from bot.events.service.organising import Changes
from bot.events.staff_chat import scope, screens, steps
from bot.events.wording import planning as wording
from bot.events.wording import plans
from bot.people.domain import Person
from bot.storage.transaction import Tx


def routes(desk: EventsDesk) -> Routes:
    """Two buttons below an event, and their dialogs."""
    change, translation = change_form(desk), translation_form(desk)

    async def begin_change(desk: EventsDesk, tx: Tx, person: Person, tap: Tapped) -> list[Message]:
        event = await organising.get(desk, tx, person, number_in(tap.argument))
        if event.cancelled_at is not None:
            raise refused.Cancelled
        if event.ends_at <= tap.at:
            raise refused.Over
        language = steps.written_in(event.draft.titles, person.language, desk.staff_language)
        said = steps.answers_of(desk, event.draft, language)
        known = {**await scope.known(tx, event), "was": said, "written": language}
        given = {**said, **known}
        return await forms.begin(tx, person, tap, change, ref=str(event.id), answers=given)

    async def begin_translation(
        desk: EventsDesk, tx: Tx, person: Person, tap: Tapped
    ) -> list[Message]:
        event = await organising.get(desk, tx, person, number_in(tap.argument))
        said = {
            "from_title": event.title(person.language),
            "from_text": event.text(person.language),
        }
        return await forms.begin(tx, person, tap, translation, ref=str(event.id), answers=said)

    taps: dict[str, Shows[EventsDesk]] = {"ecch": begin_change, "eclang": begin_translation}
    return Routes(actions=bound(desk, taps), forms=(change, translation))


def change_form(desk: EventsDesk) -> Form:
    """Begins at the summary, with everything as it is; of a series it is asked which are meant."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        event_id = number_in(answers["ref"])
        was, language = Known(answers["was"]), str(answers["written"])
        values, by, length = steps.changes_of(desk, was, answers, language)
        count = await organising.change(
            desk,
            tx,
            person,
            event_id,
            Changes(values, by, length),
            with_following=scope.is_all(answers),
            now=incoming.at,
        )
        said = plans.changed(desk.words(person), count)
        return await screens.done(desk, tx, person, event_id, incoming, said=said)

    asked = (
        scope.step(),
        *steps.what(),
        *steps.when(),
        *steps.where(desk),
        *steps.how_many(),
        *steps.more(desk),
        *steps.whom(desk),
    )
    return Form("ecch", 1, wording.CHANGE, asked, finish, done=wording.SAVE, further=scope.told)


def translation_form(desk: EventsDesk) -> Form:
    """Title and description in one language more, for all of a series that say the same."""

    async def finish(tx: Tx, person: Person, answers: Answers, incoming: Incoming) -> list[Message]:
        event_id = number_in(answers["ref"])
        count = await organising.translate(
            desk,
            tx,
            person,
            event_id,
            answers["language"],
            title=answers["title"],
            text=answers["text"] or "",
            now=incoming.at,
        )
        said = plans.changed(desk.words(person), count)
        return await screens.done(desk, tx, person, event_id, incoming, said=said)

    asked = (
        forms.choice("language", wording.LANGUAGE, steps.languages(desk), label=wording.L_LANGUAGE),
        forms.text("title", wording.ask_title, longest=steps.TITLE_LENGTH, label=wording.L_TITLE),
        forms.text(
            "text",
            wording.ask_text,
            longest=steps.TEXT_LENGTH,
            label=wording.L_TEXT,
            when=lambda answers: bool(answers["from_text"]),
        ),
    )
    return Form("eclang", 1, wording.TRANSLATE, asked, finish)
