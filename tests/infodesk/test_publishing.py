"""Coordinators publish a text instead of a file's, without a release, and take it back."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.delivery.incoming import Entity, Said
from bot.delivery.messages import Edit, Message, Outgoing, Toast
from bot.errors import Outdated
from bot.infodesk import domain, importing, jobs, privacy, service, staff_chat, tables
from bot.infodesk.desk import InfoDesk, Shelf
from bot.infodesk.service import publishing
from bot.infodesk.wording import markup
from bot.infodesk.wording import publishing as wording
from bot.language import bidi
from bot.language.catalog import Catalogs
from bot.people.domain import Person, Role
from bot.people.service import audit
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.people_makers import GROUP, NOW, a_person, said, tapped

TEXT = "/publish asylum/apply en\nAsk: asylum\nGo to the new office.\n\nBring **all** papers."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    toml = (making.LOCALES / "en" / "language.toml").read_text("utf-8")
    for code in ("en", "nl"):
        making.write_language(tmp_path, code, {"asylum/apply": making.ANSWER})
        own = toml.replace('code = "en"', f'code = "{code}"')
        (tmp_path / code / "language.toml").write_text(own, encoding="utf-8")
    return tmp_path


@pytest.fixture
def desk(catalogs: Catalogs, folder: Path) -> InfoDesk:
    check = partial(importing.text_faults, folder, folder / "facts")
    return replace(making.a_desk(catalogs, importing.read(folder)), check=check)


async def a_coordinator(tx: Tx, telegram_id: int = 7001) -> Person:
    return replace(await a_person(tx, telegram_id), role=Role.COORDINATOR)


async def says(desk: InfoDesk, tx: Tx, person: Person, incoming: Said) -> list[Message]:
    routes = staff_chat.publishing.routes(desk)
    known = routes.commands if incoming.is_private else routes.staff_commands
    return await known[incoming.command or ""](tx, person, incoming)


async def taps(desk: InfoDesk, tx: Tx, person: Person, data: str) -> list[Message]:
    tap = tapped(data)
    return await staff_chat.publishing.routes(desk).staff_actions[tap.action](tx, person, tap)


async def refreshed(desk: InfoDesk, tx: Tx) -> None:
    news = await service.news(desk.shelf, tx)
    assert news is not None
    await service.put(desk.shelf, news)


def actions_of(message: Message) -> list[str]:
    assert isinstance(message, Outgoing | Edit)
    return [button.action or "" for row in message.buttons for button in row]


def text_of(message: Message) -> str:
    assert isinstance(message, Outgoing | Edit)
    return message.text


async def published(desk: InfoDesk, tx: Tx, person: Person, text: str = TEXT) -> None:
    (shown,) = await says(desk, tx, person, said(text))
    await taps(desk, tx, person, actions_of(shown)[0])


async def test_the_text_to_edit_comes_in_a_form_that_is_sent_back(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)

    (reply,) = await says(desk, tx, joris, said("/edit asylum/apply en", group=GROUP))

    form = markup.plain(text_of(reply)).partition("/publish")
    again = wording.proposed(said(form[1] + form[2]).argument)
    file = desk.library.answers["en"]["asylum/apply"]
    assert (again.title, again.short, again.body) == (file.title, file.short, file.body)


async def test_a_text_is_previewed_and_then_read_by_everybody(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)

    (shown,) = await says(desk, tx, joris, said(TEXT))
    assert "<b>Ask: asylum</b>" in text_of(shown)
    assert "Bring <b>all</b> papers." in text_of(shown)
    assert await service.news(desk.shelf, tx) is None

    (done,) = await taps(desk, tx, joris, actions_of(shown)[0])
    await refreshed(desk, tx)

    assert isinstance(done, Edit)
    found = desk.library.answers["en"]["asylum/apply"]
    assert (found.title, found.short) == ("Ask: asylum", "Go to the new office.")
    assert found.sources == desk.shelf.baseline.answers["en"]["asylum/apply"].sources
    assert desk.search.find("ask asylum new office", "en").slugs[0] == "asylum/apply"
    assert await service.news(desk.shelf, tx) is None
    assert (
        await audit.last_action(tx, "answer:asylum.apply:en", ("answer.published",))
        == "answer.published"
    )


async def test_a_preview_is_published_once_and_by_its_author(tx: Tx, desk: InfoDesk) -> None:
    joris, karen = await a_coordinator(tx), await a_coordinator(tx, 7002)
    (shown,) = await says(desk, tx, joris, said(TEXT))
    publish, _ = actions_of(shown)

    with pytest.raises(Outdated):
        await taps(desk, tx, karen, publish)
    await taps(desk, tx, joris, publish)
    with pytest.raises(Outdated):
        await taps(desk, tx, joris, publish)
    for bad in ("", "x", "1" * 20):
        with pytest.raises(Outdated):
            await taps(desk, tx, joris, f"publish_answer:{bad}")


async def test_a_cancelled_text_is_gone(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)
    (shown,) = await says(desk, tx, joris, said(TEXT))

    publish, cancel = actions_of(shown)
    await taps(desk, tx, joris, cancel)

    with pytest.raises(Outdated):
        await taps(desk, tx, joris, publish)
    assert await service.overrides(tx) == []


async def test_what_somebody_published_meanwhile_is_not_overwritten(tx: Tx, desk: InfoDesk) -> None:
    joris, karen = await a_coordinator(tx), await a_coordinator(tx, 7002)
    (shown,) = await says(desk, tx, joris, said(TEXT))
    await published(desk, tx, karen, TEXT.replace("new office", "old office"))

    with pytest.raises(publishing.ChangedMeanwhile):
        await taps(desk, tx, joris, actions_of(shown)[0])

    (override,) = await service.overrides(tx)
    assert override.short == "Go to the old office."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Go to the", "Go to the " * 30, "The line in short is too long: "),
        ("papers.", "{org_fax}", "{org_fax} is unknown"),
        (
            "papers.",
            "colour papers within 30 days.",
            "This is not in our sure facts; leave it out: 30",
        ),
        ("papers.", "[papers](https://elsewhere.example).", "the link https://elsewhere.example"),
    ],
)
async def test_a_text_is_checked_like_a_file(
    tx: Tx, desk: InfoDesk, folder: Path, before: str, after: str, expected: str
) -> None:
    (folder / "facts").mkdir()
    fact = "{fact: Go., source: 'https://fedasil.be', as_of: '2024', confidence: high}"
    (folder / "facts" / "asylum.yaml").write_text(f"asylum/apply:\n  - {fact}\n", "utf-8")
    joris = await a_coordinator(tx)

    (reply,) = await says(desk, tx, joris, said(TEXT.replace(before, after)))

    assert f"• {expected}" in text_of(reply)
    assert actions_of(reply) == []
    assert await tx.scalar(select(func.count()).select_from(tables.answer_previews)) == 0


async def test_another_language_is_held_against_the_english_that_people_read(
    tx: Tx, desk: InfoDesk
) -> None:
    joris = await a_coordinator(tx)
    await published(desk, tx, joris, TEXT.replace("all** papers", "3** papers"))
    dutch = TEXT.replace("apply en", "apply nl")

    (reply,) = await says(desk, tx, joris, said(dutch))
    assert "English text and is missing here: 3" in text_of(reply)

    (reply,) = await says(desk, tx, joris, said(dutch.replace("all** papers", "3** papers")))
    assert actions_of(reply)


@pytest.mark.parametrize("role", [None, Role.TRAINEE, Role.STAFF])
async def test_only_coordinators_change_answers(tx: Tx, desk: InfoDesk, role: Role | None) -> None:
    joris = await a_coordinator(tx)
    (shown,) = await says(desk, tx, joris, said(TEXT))
    await published(desk, tx, joris)
    other = replace(joris, role=role)

    for command in ("/edit asylum/apply en", TEXT, "/overrides"):
        for group in (None, GROUP):
            with pytest.raises(publishing.CoordinatorsOnly):
                await says(desk, tx, other, said(command, group=group))
    for action in (*actions_of(shown), "take_back:asylum/apply:en"):
        with pytest.raises(publishing.CoordinatorsOnly):
            await taps(desk, tx, other, action)
    with pytest.raises(publishing.CoordinatorsOnly):
        await says(desk, tx, replace(joris, is_anonymous=True), said("/overrides"))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("/edit", wording.NotNamed),
        ("/edit lease nl", wording.NotNamed),
        ("/edit asylum/apply", wording.NotNamed),
        ("/edit asylum/none en", publishing.NoSuchAnswer),
        ("/edit asylum/apply xx", publishing.NoSuchAnswer),
        ("/publish asylum/apply en", wording.NoText),
        ("/publish asylum/apply en\nTitle", wording.NoText),
        ("/publish asylum/none en\nTitle\nShort", publishing.NoSuchAnswer),
    ],
)
async def test_what_is_incomplete_is_said(
    tx: Tx, desk: InfoDesk, text: str, error: type[Exception]
) -> None:
    joris = await a_coordinator(tx)

    with pytest.raises(error):
        await says(desk, tx, joris, said(text))


async def test_a_new_file_under_a_published_text_is_shown_and_the_text_stays(
    tx: Tx, desk: InfoDesk, folder: Path
) -> None:
    joris = await a_coordinator(tx)
    await published(desk, tx, joris)
    text = making.ANSWER.replace("Bring your papers.", "Bring a photo.")
    making.write_language(folder, "en", {"asylum/apply": text})
    upgraded = replace(desk, shelf=Shelf(importing.read(folder)))
    await refreshed(upgraded, tx)

    first, second = await says(upgraded, tx, joris, said("/edit asylum/apply en"))
    (listed,) = await says(upgraded, tx, joris, said("/overrides"))

    assert upgraded.library.answers["en"]["asylum/apply"].title == "Ask: asylum"
    assert "Ask: asylum" in text_of(first)
    assert "Bring a photo." in text_of(second)
    assert "the file changed since" in text_of(listed)


async def test_a_text_whose_file_is_gone_is_not_shown_and_can_be_taken_back(
    tx: Tx, desk: InfoDesk, folder: Path
) -> None:
    joris = await a_coordinator(tx)
    await published(desk, tx, joris)
    (folder / "en" / "answers" / "asylum" / "apply.md").unlink()
    upgraded = replace(desk, shelf=Shelf(importing.read(folder)))
    await refreshed(upgraded, tx)
    assert "asylum/apply" not in upgraded.library.answers["en"]

    (listed,) = await says(upgraded, tx, joris, said("/overrides"))
    assert "no longer has this answer" in text_of(listed)

    edit, toast = await taps(upgraded, tx, joris, actions_of(listed)[0])
    assert isinstance(toast, Toast)
    assert "The team has changed no answers." in text_of(edit)


async def test_taking_back_shows_the_file_again(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)
    before = desk.library
    await published(desk, tx, joris)
    await refreshed(desk, tx)

    await taps(desk, tx, joris, "take_back:asylum/apply:en")
    await refreshed(desk, tx)

    assert desk.library == before
    with pytest.raises(Outdated):
        await taps(desk, tx, joris, "take_back:asylum/apply:en")


async def test_previews_are_kept_for_a_day(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)
    await says(desk, tx, joris, said(TEXT))
    forget = jobs.jobs(desk)["infodesk.forget_previews"]

    await forget(tx, now=NOW + timedelta(hours=23))
    assert "previews" in await privacy.export_person(tx, joris.id)
    await forget(tx, now=NOW + timedelta(hours=25))
    assert await privacy.export_person(tx, joris.id) == {}


async def test_a_published_text_stays_when_its_author_is_erased(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)
    await says(desk, tx, joris, said(TEXT))
    await published(desk, tx, joris)
    assert "published answers" in await privacy.export_person(tx, joris.id)

    await privacy.forget_person(tx, joris.id, now=NOW)

    assert await privacy.export_person(tx, joris.id) == {}
    assert len(await service.overrides(tx)) == 1


def test_a_signature_and_a_recording_do_not_cover_another_text(desk: InfoDesk) -> None:
    file = replace(
        desk.library.answers["en"]["asylum/apply"],
        facts_checked="JD 2026-11-20",
        language_checked="JD 2026-11-20",
        recording="apply.ogg",
    )
    text = domain.Override("asylum/apply", "en", "Title", "Short", "Body", "")

    found = text.over(file)

    assert (found.facts_checked, found.language_checked, found.recording) == (None, None, None)


async def test_the_index_is_built_outside_the_loop(tx: Tx, desk: InfoDesk) -> None:
    joris = await a_coordinator(tx)
    await published(desk, tx, joris)
    news = await service.news(desk.shelf, tx)
    assert news is not None

    putting = asyncio.create_task(service.put(desk.shelf, news))
    await asyncio.sleep(0)
    assert desk.shelf.version == 0  # people go on reading what was there
    await putting

    assert desk.shelf.version == 1


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("a bold b", [("bold", 2, 4, None)], "a **bold** b"),
        ("🆘 link.", [("text_link", 3, 4, "https://x.be")], "🆘 [link](https://x.be)."),
        ("both", [("bold", 0, 4, None), ("italic", 0, 4, None)], "***both***"),
        ("/edit x", [("bot_command", 0, 5, None)], "/edit x"),
        ("ab", [("bold", 0, 1, None), ("italic", 1, 1, None)], "**a***b*"),
    ],
)
def test_what_phones_make_of_markdown_is_undone(
    text: str, entities: list[tuple[str, int, int, str | None]], expected: str
) -> None:
    stretches = [
        Entity(type=kind, offset=at, length=length, url=url) for kind, at, length, url in entities
    ]

    assert markup.written(text, stretches) == expected


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("short has 399 characters: at most 200", "te lang: 399 tekens"),
        ("numbers of en are missing here: 112, 1", "ontbreekt hier: 112, 1"),
        ("links that en does not have: http://a.b/?c&d", "tekst: http://a.b/?c&amp;d"),
        ("1234 stands in no high fact of housing/find: leave it out", "weg: 1234"),
        ("'<b>' is <new>", "• '&lt;b&gt;' is &lt;new&gt;"),
    ],
)
def test_faults_are_told_in_the_words_of_the_team(
    catalogs: Catalogs, fault: str, told: str
) -> None:
    said = wording.refused(catalogs.words("nl"), [fault])

    assert told in bidi.strip_marks(said)
