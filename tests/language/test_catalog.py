"""Voices: the right words, escaped, counted, found back."""

import os
from pathlib import Path

import pytest
from markupsafe import Markup

from bot import errors
from bot.language import bidi, catalog, compiled, spelling
from tests.language import making
from tests.support.steps import steps_of

OURS = ("nl", "en", "uk", "fa_AF", "ps")


@pytest.fixture(scope="module")
def ours() -> catalog.Catalogs:
    return catalog.Catalogs.load(spelling.LOCALES)


def test_five_languages_stand_in_their_order(ours: catalog.Catalogs) -> None:
    assert ours.codes == OURS


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("en-ZA", "en"),
        ("uk", "uk"),
        ("fa", "fa_AF"),
        ("fa-AF", "fa_AF"),
        ("FA_af", "fa_AF"),
        ("prs", "fa_AF"),
        ("ps", "ps"),
        ("ps-AF-u-nu-latn", "ps"),
        ("de", None),
        ("", None),
        (None, None),
    ],
    ids=str,
)
def test_telegrams_tag_leads_to_our_language(
    ours: catalog.Catalogs, tag: str | None, code: str | None
) -> None:
    assert ours.code_for(tag) == code


@pytest.mark.parametrize("code", [None, "", "xx", "FA"], ids=str)
def test_unknown_language_is_answered_in_english(ours: catalog.Catalogs, code: str | None) -> None:
    assert ours.words(code).code == "en"


def test_missing_translation_reads_in_english_and_is_counted(tmp_path: Path) -> None:
    _ = making.a_voice(tmp_path, "nl")

    assert _("Hello {name}", name="Amina") == "Hello Amina"
    assert _.plural("{n} day", "{n} days", 1) == "1 day"
    assert _.plural("{n} day", "{n} days", 21) == "21 days"
    assert set(_.missing) == {"Hello {name}", "{n} day"}


def test_fuzzy_translation_is_not_shown(tmp_path: Path) -> None:
    entry = making.an_entry("Yes", "Nee", comment="#, fuzzy")
    _ = making.a_voice(tmp_path, "nl", entry)

    assert _("Yes") == "Yes"


@pytest.mark.parametrize("code", ["nl", "fa_AF"])
def test_values_are_escaped_and_markup_is_not(tmp_path: Path, code: str) -> None:
    _ = making.a_voice(tmp_path, code, making.an_entry("<b>{a}</b> & {b}", "<b>{a}</b> en {b}"))

    text = _("<b>{a}</b> & {b}", a="Tom & <Jerry>", b=Markup("<i>x</i>"))

    assert bidi.strip_marks(text) == "<b>Tom &amp; &lt;Jerry&gt;</b> en <i>x</i>"


@pytest.mark.parametrize("code", ["nl", "fa_AF"])
def test_words_of_several_lines_are_escaped_too(tmp_path: Path, code: str) -> None:
    _ = making.a_voice(tmp_path, code, making.an_entry("Asked: {words}", "Asked: {words}"))

    text = _("Asked: {words}", words="<b>سلام\n</i> & more")

    assert bidi.strip_marks(text) == "Asked: &lt;b&gt;سلام\n&lt;/i&gt; &amp; more"


def test_labels_are_plain_text(tmp_path: Path) -> None:
    _ = making.a_voice(tmp_path, "nl", making.an_entry("Take {what}", "Neem {what}"))

    assert _.label("Take {what}", what="A & B") == "Neem A & B"
    assert _.plain("Take {what}", what="A & B") == "Neem A & B"


def test_link_keeps_its_address_whole(tmp_path: Path) -> None:
    entry = making.an_entry('<a href="{url}">{name}</a>', '<a href="{url}">{name}</a>')
    _ = making.a_voice(tmp_path, "ps", entry)

    text = _('<a href="{url}">{name}</a>', url='https://x.be/?a="1"&b', name="VDAB")

    assert '<a href="https://x.be/?a=&quot;1&quot;&amp;b">' in text


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 годин"),
        (1, "1 година"),
        (2, "2 години"),
        (5, "5 годин"),
        (11, "11 годин"),
        (21, "21 година"),
        (102, "102 години"),
    ],
    ids=str,
)
def test_ukrainian_counts_in_three_forms(tmp_path: Path, n: int, said: str) -> None:
    forms = ("{n} година", "{n} години", "{n} годин")
    entry = making.an_entry("{n} hour", *forms, plural="{n} hours")
    _ = making.a_voice(tmp_path, "uk", entry)

    assert _.plural("{n} hour", "{n} hours", n) == said
    assert _.label_plural("{n} hour", "{n} hours", n) == said


@pytest.mark.parametrize(
    ("code", "said"), [("nl", "26,5"), ("en", "26.5"), ("uk", "26,5"), ("fa_AF", "26.5")], ids=str
)
def test_part_of_a_number_is_written_as_the_language_does(
    ours: catalog.Catalogs, code: str, said: str
) -> None:
    text = ours.words(code).plain("{done} / {target}", done=26.5, target=40.0)

    assert bidi.strip_marks(text).replace("٫", ".") == f"{said} / 40"


def test_context_tells_two_meanings_apart(tmp_path: Path) -> None:
    entries = making.an_entry("Place", "Plek", context="seat") + making.an_entry("Place", "Plaats")
    _ = making.a_voice(tmp_path, "nl", entries)

    assert (_.ctx("seat", "Place"), _("Place")) == ("Plek", "Plaats")


def test_wrong_placeholder_in_translation_falls_back_to_english(tmp_path: Path) -> None:
    _ = making.a_voice(tmp_path, "nl", making.an_entry("Hello {name}", "Hallo {naam}"))

    assert _("Hello {name}", name="Amina") == "Hello Amina"


def test_forgotten_value_is_an_error(ours: catalog.Catalogs) -> None:
    with pytest.raises(KeyError):
        ours.words("en")("Hello {name}")


def test_button_is_understood_in_every_language(tmp_path: Path) -> None:
    making.a_language(tmp_path, "nl", making.an_entry("🙋 Ask a question", "🙋 Stel een vraag"))
    entry = making.an_entry("🙋 Ask a question", "🙋 سوال کرده می‌توانید")
    making.a_language(tmp_path, "fa_AF", entry)
    languages = catalog.Catalogs.load(tmp_path)

    said = ["stel een VRAAG", "🙋 Stel een vraag", "\u200f🙋 سوال كرده میتوانید", "Ask a question"]

    assert [languages.msgids_saying(label) for label in said] == [{"🙋 Ask a question"}] * 4
    assert languages.msgids_saying("something else") == set()


def test_made_up_language_needs_only_its_folder(tmp_path: Path) -> None:
    making.a_language(tmp_path, "en")
    making.a_made_up_language(tmp_path, "qya", making.an_entry("Hello {name}", "Aiya {name}"))

    languages = catalog.Catalogs.load(tmp_path)

    assert languages.codes == ("en", "qya")
    assert languages.code_for("qya-ME") == "qya"
    assert languages.words("qya")("Hello {name}", name="Frodo") == "Aiya Frodo"


def test_mistake_in_language_file_names_the_file(tmp_path: Path) -> None:
    making.a_made_up_language(tmp_path)
    path = tmp_path / "qya" / "language.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'colour = "blue"\n', encoding="utf-8")

    with pytest.raises(errors.Misconfigured, match=r"qya/language\.toml.*colour"):
        catalog.Catalogs.load(tmp_path)


def test_no_language_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.Misconfigured):
        catalog.Catalogs.load(tmp_path)


def test_sentence_is_made_ready_once(ours: catalog.Catalogs) -> None:
    """Every screen says many: from the second time on it is filled in, not read again."""
    _ = ours.words("fa_AF")
    _("👋 Hello {name}!", name="Amina")

    assert steps_of(lambda: _("👋 Hello {name}!", name="Olena")) < 60


@pytest.mark.parametrize("damage", [b"", b"\x00 torn", b"\x93\x01\x02\x03"])
def test_what_was_kept_of_a_catalogue_is_used_until_the_file_changes(
    tmp_path: Path, damage: bytes
) -> None:
    path = making.a_language(tmp_path, "nl", making.an_entry("Back", "Terug"))
    kept = path.with_name(compiled.KEPT)

    def says() -> str:
        return catalog.Catalogs.load(tmp_path).words("nl")("Back")

    assert says() == "Terug"
    first = kept.read_bytes()
    assert says() == "Terug"
    assert kept.read_bytes() == first

    making.a_language(tmp_path, "nl", making.an_entry("Back", "Naar achter"))
    assert says() == "Naar achter"
    kept.write_bytes(damage)
    assert says() == "Naar achter"


def test_catalogue_in_a_place_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    path = making.a_language(tmp_path, "nl", making.an_entry("Back", "Terug"))
    path.with_name(compiled.KEPT).mkdir()

    assert catalog.Catalogs.load(tmp_path).words("nl")("Back") == "Terug"
    assert not list(path.parent.glob(f"*.{os.getpid()}"))
