"""What colleagues type on a phone becomes a message that Telegram takes, and everybody can read."""

import pytest

from bot.broadcast.domain import TEXT_LENGTH, Kind, Topic, fallbacks, read_in
from bot.broadcast.service.composing import Press
from bot.broadcast.wording import frames, written
from bot.broadcast.wording.frames import Reader
from bot.delivery import splitting
from bot.delivery.incoming import Entity
from bot.language import markup
from tests.support import broadcast_makers as making
from tests.support.broadcast_makers import a_draft

DESK = making.a_desk()
LANGUAGES = ("nl", "en", "uk", "fa_AF", "ps")


def _entity(kind: str, offset: int, length: int, url: str | None = None) -> Entity:
    return Entity(type=kind, offset=offset, length=length, url=url)


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("a <b> & c", (), "a &lt;b&gt; &amp; c"),
        ("very good", (_entity("bold", 0, 4),), "<b>very</b> good"),
        ("🌟 star", (_entity("bold", 3, 4),), "🌟 <b>star</b>"),
        (
            "all of it",
            (_entity("bold", 0, 9), _entity("italic", 4, 2)),
            "<b>all </b><b><i>of</i></b><b> it</b>",
        ),
        ("here", (_entity("text_link", 0, 4, "https://a.be/?x=1&y"),),
         '<a href="https://a.be/?x=1&amp;y">here</a>'),
        ("here", (_entity("text_link", 0, 4, "javascript:alert(1)"),), "here"),
        ("abcd", (_entity("bold", 0, 3), _entity("italic", 1, 3)),
         "<b>a</b><i><b>bc</b></i><i>d</i>"),
        ("@somebody", (_entity("mention", 0, 9),), "@somebody"),
        ("ab", (_entity("bold", 0, 99),), "<b>ab</b>"),
    ],
    ids=["signs", "bold", "emoji", "nested", "link", "no script", "overlap", "mention", "too far"],
)  # fmt: skip
def test_bold_and_links_stay_and_nothing_breaks(
    text: str, entities: tuple[Entity, ...], html: str
) -> None:
    done = written.to_html(text, entities)

    assert markup.faults(done) == []
    assert written.visible(done) == text
    assert written.visible(html) == text
    assert markup.tags(done) == markup.tags(html)


def test_place_for_which_there_is_nothing_is_found() -> None:
    assert written.unknown_places("Hello {name}, {price} euro") == ["price"]


@pytest.mark.parametrize(
    ("language", "read"),
    [("uk", "uk"), ("ps", "en"), ("nl", "nl")],
)
def test_reader_without_a_text_reads_english_first(language: str, read: str) -> None:
    texts = {"nl": "Dag", "uk": "День", "en": "Day"}

    assert read_in(texts, language, order=fallbacks("nl")) == read


def test_reader_gets_whatever_was_written_when_nothing_else_is_there() -> None:
    assert read_in({"ps": "ورځ"}, "uk", order=fallbacks("nl")) == "ps"
    assert read_in({}, "uk", order=fallbacks("nl")) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_frame_is_sound_in_every_language(kind: Kind, language: str) -> None:
    long = "Ik &amp; jij. " * (TEXT_LENGTH // 12)
    draft = a_draft(kind=kind, texts={language: long})

    for reader in (Reader("Amina <3", 750, 4), Reader("", 0, 0), Reader("Amina", 60, 0)):
        copy = Press(DESK, draft).copy(language, reader)

        assert markup.faults(copy.text) == []
        assert "{" not in copy.text
        assert len(splitting.split(copy.text)) == 1


def test_own_figures_stand_in_thanks_and_only_with_hours() -> None:
    draft = a_draft(kind=Kind.THANKS, topic=Topic.THANKS, texts={})

    with_hours = Press(DESK, draft).copy("en", Reader("Amina", 750, 4))
    without = Press(DESK, draft).copy("en", Reader("Amina"))

    assert "12.5 hours" in with_hours.text
    assert "4 shifts" in with_hours.text
    assert "hours" not in without.text


def test_name_of_the_reader_is_filled_in_and_escaped() -> None:
    draft = a_draft(texts={"en": "Dear {name}, come."})

    assert "Dear R&amp;D, come." in Press(DESK, draft).copy("en", Reader("R&D")).text


def test_unsubscribe_stands_below_every_copy() -> None:
    for topic in Topic:
        ((button,),) = frames.buttons(DESK.catalogs.words("ps"), topic)
        assert button.action == f"bstop:{topic.value}"
