"""Looking for a place, the first days, which paper is this."""

import re

import pytest

from bot.delivery.messages import Edit, Message, Outgoing
from bot.errors import Outdated
from bot.infodesk import chat
from bot.infodesk.desk import InfoDesk
from bot.language import bidi, cells, markup
from bot.language.catalog import Catalogs
from bot.people.domain import Person
from bot.storage.transaction import Tx
from tests.support import infodesk_makers as making
from tests.support.people_makers import a_person, said, tapped

LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")
OURS = ("places", "places_of", "place", "near", "near_kinds", "first_days", "papers", "paper")


@pytest.fixture
def desk(catalogs: Catalogs) -> InfoDesk:
    return making.a_desk_with_guides(catalogs)


async def hears(desk: InfoDesk, tx: Tx, person: Person, text: str) -> Outgoing:
    replies = await chat.listeners(desk)[0](tx, person, said(text))
    assert replies is not None
    (reply,) = replies
    assert isinstance(reply, Outgoing)
    return reply


async def taps(desk: InfoDesk, tx: Tx, person: Person, data: str) -> Edit:
    tap = tapped(data)
    (reply,) = await chat.routes(desk).actions[tap.action](tx, person, tap)
    assert isinstance(reply, Edit)
    return reply


async def opens(desk: InfoDesk, tx: Tx, person: Person, payload: str) -> Outgoing:
    start = said(f"/start {payload}")
    (reply,) = await chat.routes(desk).starts[start.link[0]](tx, person, start)
    assert isinstance(reply, Outgoing)
    return reply


def actions_of(message: Message) -> list[str]:
    assert isinstance(message, Outgoing | Edit)
    return [button.action or "" for row in message.buttons for button in row]


@pytest.mark.parametrize("text", ["9000", "Gent", "Гент", "گنت", "ګنت", "۹۰۰۰", "Antwerpn"])
async def test_town_alone_shows_what_is_near(tx: Tx, desk: InfoDesk, text: str) -> None:
    reply = await hears(desk, tx, await a_person(tx), text)

    assert reply.text.startswith("📍 <b>Near ")
    assert any(one.startswith("place:refu-") for one in actions_of(reply))
    assert "ask" in actions_of(reply)


async def test_nearest_place_of_a_kind_stands_first(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    near = await taps(desk, tx, amina, "near:3600:safety")

    assert actions_of(near)[0] == "place:care-genk:3600"
    assert "in this town" in near.text
    assert "📞 By telephone or internet, from everywhere:" in near.text
    assert {"near:3600", "near_kinds:3600"} <= set(actions_of(near))
    kinds = await taps(desk, tx, amina, "near_kinds:3600")
    assert {"near:3600:legal", "near:3600:work", "near:3600"} <= set(actions_of(kinds))


async def test_town_alone_shows_help_of_many_kinds(tx: Tx, desk: InfoDesk) -> None:
    reply = await hears(desk, tx, await a_person(tx), "1000")

    ids = [one.split(":")[1] for one in actions_of(reply) if one.startswith("place:")]
    found = [desk.directory.place(id_) for id_ in ids]
    assert len({place.kind for place in found if place}) == len(found) == 5


async def test_distances_are_explained_only_where_one_is_shown(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    assert "straight line" not in (await hears(desk, tx, amina, "1000")).text
    assert "straight line" in (await hears(desk, tx, amina, "Gent")).text


async def test_colleague_is_told_what_the_paper_is_about(tx: Tx, desk: InfoDesk) -> None:
    shown = await taps(desk, tx, await a_person(tx), "paper:annex-26")

    assert "ask:asylum/documents" in actions_of(shown)


async def test_town_alone_shows_each_organisation_once_and_nothing_sensitive(
    tx: Tx, desk: InfoDesk
) -> None:
    reply = await hears(desk, tx, await a_person(tx), "Gent")

    places = [one for one in actions_of(reply) if one.startswith("place:")]
    assert len([one for one in places if one.startswith("place:refu-")]) == 1
    assert not [one for one in places if one.startswith(("place:care-", "place:payoke"))]


async def test_place_leads_back_to_its_town_and_to_its_topics(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    near = await taps(desk, tx, amina, "place:bjb-brussel:9000")
    listed = await taps(desk, tx, amina, "place:bjb-brussel")

    assert {"topic:legal/lawyer", "near:9000"} <= set(actions_of(near))
    assert "places:legal" in actions_of(listed)
    assert "\n+3225198468\n" in near.text
    assert "Monday to Tuesday: from 09:00 to 11:00" in near.text
    assert "Balie Brussel" in near.text


async def test_place_without_a_checked_address_says_so(tx: Tx, desk: InfoDesk) -> None:
    shown = await taps(desk, tx, await a_person(tx), "place:refu-gent")

    assert "In Gent. I do not have a checked address." in shown.text


async def test_own_desk_shows_the_operators_number_and_hours(tx: Tx, desk: InfoDesk) -> None:
    shown = await taps(desk, tx, await a_person(tx), "place:own-desk")

    assert "Welkom &amp; Co" in shown.text
    assert "\n+3225550100\n" in shown.text
    assert "Monday 9:00" in shown.text
    assert "Where this comes from" not in shown.text


async def test_unknown_postcode_is_admitted(tx: Tx, desk: InfoDesk) -> None:
    reply = await hears(desk, tx, await a_person(tx), "1105")

    assert "I do not know the postcode 1105." in reply.text
    assert "ask" in actions_of(reply)


@pytest.mark.parametrize("text", ["how to find a house to rent", "hello", "my husband beats me"])
async def test_questions_are_answered_as_before(tx: Tx, desk: InfoDesk, text: str) -> None:
    reply = await hears(desk, tx, await a_person(tx), text)

    assert "Near" not in reply.text


async def test_answer_offers_its_places(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    answer = await taps(desk, tx, amina, "topic:legal/lawyer")
    places = await taps(desk, tx, amina, "places_of:legal/lawyer")

    assert "places_of:legal/lawyer" in actions_of(answer)
    assert {"place:bjb-brussel", "topic:legal/lawyer"} <= set(actions_of(places))


async def test_desk_without_guides_offers_none(tx: Tx, catalogs: Catalogs) -> None:
    bare, amina = making.a_desk(catalogs), await a_person(tx)

    themes = await taps(bare, tx, amina, "topics")
    answer = await taps(bare, tx, amina, "topic:legal/lawyer")
    reply = await hears(bare, tx, amina, "Gent")

    shown = {one.partition(":")[0] for one in (*actions_of(themes), *actions_of(answer))}
    assert shown.isdisjoint(OURS)
    assert "Near" not in reply.text


async def test_first_days_turn_from_screen_to_screen(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    first = await opens(desk, tx, amina, "first_days")
    second = await taps(desk, tx, amina, "first_days:protection")
    last = await taps(desk, tx, amina, "first_days:next-weeks")

    assert first.text.startswith("🌱 First days: 1 of 5")
    assert "\n112\n" in first.text
    assert "first_days:protection" in actions_of(first)
    assert {"first_days:danger", "first_days:papers", "topic:asylum/apply"} <= set(
        actions_of(second)
    )
    assert "first_days:help" in actions_of(last)
    assert last.text.startswith("🌱 First days: 5 of 5")


async def test_words_that_name_a_paper_get_a_button_to_the_guide(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    for text, sheet in (("annex 26 quater", "annex-26quater"), ("oranje kaart", "orange-card")):
        reply = await hears(desk, tx, amina, text)
        assert f"paper:{sheet}" in actions_of(reply)

    plain = await hears(desk, tx, amina, "how to find a house to rent")
    assert not [one for one in actions_of(plain) if one.startswith("paper")]


async def test_question_about_a_paper_without_a_text_is_not_answered_at_once(
    tx: Tx, desk: InfoDesk
) -> None:
    amina = await a_person(tx, language="nl")
    question = "kan ik mijn {} verlengen"

    known = await hears(desk, tx, amina, question.format("oranje kaart"))
    unknown = await hears(desk, tx, amina, question.format("bijlage 35"))

    assert "up:asylum/documents:short" in actions_of(known)
    assert "none_of_these" in actions_of(unknown)


async def test_paper_without_a_text_goes_to_a_colleague(tx: Tx, desk: InfoDesk) -> None:
    reply = await hears(desk, tx, await a_person(tx), "bijlage 13quinquies")
    shown = await taps(desk, tx, await a_person(tx), "paper:without-text")

    assert "paper:without-text" in actions_of(reply)
    assert "I have no checked text about this paper." in shown.text
    assert "write the date that stands on the letter" in shown.text
    assert {"ask", "papers"} <= set(actions_of(shown))


async def test_paper_says_that_its_rules_changed_when_its_topic_is_on_hold(
    tx: Tx, desk: InfoDesk
) -> None:
    amina = await a_person(tx)

    refused = await taps(desk, tx, amina, "paper:negative-decision")
    orange = await taps(desk, tx, amina, "paper:orange-card")

    assert "The rules for this changed" in refused.text
    assert "The rules for this changed" not in orange.text


async def test_old_links_open_the_lists(tx: Tx, desk: InfoDesk) -> None:
    amina = await a_person(tx)

    assert "paper:annex-26" in actions_of(await opens(desk, tx, amina, "paper_gone"))
    assert "places:legal" in actions_of(await opens(desk, tx, amina, "place_gone"))
    assert "Near" in (await opens(desk, tx, amina, "near_9000")).text


@pytest.mark.parametrize("data", ["place:none", "near:0000", "places_of:none/such", "paper:none"])
async def test_forged_button_is_refused(tx: Tx, desk: InfoDesk, data: str) -> None:
    with pytest.raises(Outdated):
        await taps(desk, tx, await a_person(tx), data)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_is_fit_to_read(tx: Tx, desk: InfoDesk, language: str) -> None:
    amina = await a_person(tx, language=language)
    seen: set[str] = set()
    waiting = [
        "places",
        "papers",
        "first_days",
        "near:8400",
        "near:9000:talk",
        "paper:without-text",
    ]
    waiting += [f"places_of:{slug}" for slug in ("health/violence", "asylum/apply")]
    while waiting:
        data = waiting.pop()
        if data in seen or data.partition(":")[0] not in OURS:
            continue
        seen.add(data)
        shown = await taps(desk, tx, amina, data)
        _is_fit(shown, is_rtl=language in ("fa_AF", "ps"))
        waiting += actions_of(shown)

    assert len(seen) > 100


def _is_fit(shown: Edit, *, is_rtl: bool) -> None:
    assert 0 < len(shown.text) <= 4096
    assert markup.faults(shown.text) == []
    assert not re.search(r"[{}]", shown.text), shown.text
    for row in shown.buttons:
        assert len(row) == 1 or all(cells.fits_half_a_row(button.label) for button in row)
        for button in row:
            assert 1 <= len((button.action or "").encode()) <= 64
            assert 1 <= len(button.label) <= 80
    labels = [button.label for row in shown.buttons for button in row]
    for line in (*shown.text.split("\n"), *labels):
        assert bidi.is_balanced(line), line
        if is_rtl and bidi.has_rtl(line) and not line.startswith(bidi.RLM):
            assert bidi.first_strong(line) == "R", line
