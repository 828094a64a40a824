"""Each fault that a newcomer would read is caught before."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.language import __main__ as command
from bot.language import checking
from bot.language.extraction import Message
from tests.language import making

RLM, LRI, RLO = "\u200f", "\u2066", "\u202e"
TEXT = Message("Hello {name}")
PLAIN = Message("Hello")
BOLD = Message("<b>Hello</b>")
LABEL = Message("Hello", is_label=True)
DAYS = Message("{n} day", "{n} days")
BACK = Message("⬅️ Back")


def faults(folder: Path, code: str, message: Message, *said: str, comment: str = "") -> list[str]:
    """What the checks say of one translation."""
    plural = message.plural or ""
    entry = making.an_entry(message.msgid, *said, plural=plural, comment=comment)
    making.a_language(folder, code, entry)
    return [problem.message for problem in checking.problems(folder, [message])]


GOOD = [
    ("nl", TEXT, ("Hallo {name}",)),
    ("nl", BOLD, ("<b>Hallo</b> &amp; welkom",)),
    ("nl", DAYS, ("één dag", "{n} dagen")),
    ("nl", LABEL, ("🙋 Stel een vraag aan ons",)),
    ("uk", DAYS, ("{n} день", "{n} дні", "{n} днів")),
    ("uk", PLAIN, ("Сім’я зверніться до OCMW",)),
    ("fa_AF", TEXT, ("سلام {name}، چطور هستید؟",)),
    ("fa_AF", PLAIN, ("🆘 کمک عاجل",)),
    ("ps", PLAIN, ("ℹ️ دا ځواب دی.",)),
    ("fa_AF", PLAIN, ("📞 016 شماره است",)),
    ("fa_AF", PLAIN, ("برگشت داوطلبانه",)),
    ("fa_AF", PLAIN, ("https://fedasil.be/?a=1\nسلام",)),
    ("ps", PLAIN, ("سلام، مهرباني وکړئ.",)),
    ("ps", PLAIN, ("نږدې روغتون",)),
    ("nl", BACK, ("⬅️ Terug",)),
    ("ps", BACK, ("➡️ شاته",)),
]


@pytest.mark.parametrize(("code", "message", "said"), GOOD, ids=lambda value: ascii(value)[:40])
def test_good_translation_passes(
    tmp_path: Path, code: str, message: Message, said: tuple[str, ...]
) -> None:
    assert faults(tmp_path, code, message, *said) == []


BAD = [
    ("wrong way", "ps", BACK, ("⬅️ شاته",), "points the wrong way"),
    ("empty", "nl", TEXT, ("",), "missing: 'Hello {name}'"),
    ("lost placeholder", "nl", TEXT, ("Hallo",), "placeholder {name} is missing"),
    ("other placeholder", "nl", TEXT, ("Hallo {name} {x}",), "unknown placeholder {x}"),
    ("stray brace", "nl", TEXT, ("Hallo {name} {}",), "a stray brace"),
    ("plural missing", "nl", DAYS, ("{n} dag", ""), "a plural form is missing"),
    ("too few plurals", "uk", DAYS, ("{n} день", "{n} дні"), "a plural form is missing"),
    ("number lost", "uk", DAYS, ("день", "{n} дні", "{n} днів"), "placeholder {n} is missing"),
    ("dari zero", "fa_AF", DAYS, ("یک روز", "{n} روز"), "placeholder {n} is missing"),
    ("unknown tag", "nl", PLAIN, ("Hallo<br>",), "unknown markup <br>"),
    ("attribute", "nl", BOLD, ('<b class="x">Hallo</b>',), "unknown markup"),
    ("open tag", "nl", BOLD, ("<b>Hallo",), "<b> is not closed"),
    ("crossed tags", "nl", BOLD, ("<b><i>Hallo</b></i>",), "closes nothing"),
    ("bare sign", "nl", PLAIN, ("Hallo < 3",), "a bare < or >"),
    ("tag lost", "nl", BOLD, ("Hallo",), "not the markup of the English"),
    ("tag in label", "nl", LABEL, ("<b>Hallo</b>",), "a button shows markup as it is"),
    ("long label", "nl", LABEL, ("a" * 31,), "too long for a button (31 > 30)"),
    ("wide label", "nl", LABEL, ("🙋" * 16,), "too long for a button (32 > 30)"),
    ("Dutch u", "nl", PLAIN, ("Hier kan u wachten, u kan bellen",), "we say je"),
    ("word avoided", "nl", PLAIN, ("Alles is uitverkocht",), "write 'volzet'"),
    ("Russian letter", "uk", PLAIN, ("выход",), "Russian letter"),
    ("Latin in Cyrillic", "uk", PLAIN, ("пpивіт",), "Latin and Cyrillic letters in one word"),
    ("straight apostrophe", "uk", PLAIN, ("сім'я",), "the apostrophe"),
    ("Arabic yeh", "fa_AF", PLAIN, ("كمك",), "Arabic letter"),
    ("Pashto in Dari", "fa_AF", PLAIN, ("ښار",), "Pashto letter"),
    ("Iranian word", "fa_AF", PLAIN, ("بیمارستان",), "write 'شفاخانه'"),
    ("volunteer word", "fa_AF", PLAIN, ("داوطلب",), "write 'رضاکار'"),
    ("Urdu yeh", "ps", PLAIN, ("سړے",), "Urdu letter"),
    ("Urdu heh", "ps", PLAIN, ("ھلک",), "Urdu letter"),
    ("Urdu full stop", "ps", PLAIN, ("سلام۔",), "Urdu full stop"),
    ("Persian gaf", "ps", PLAIN, ("گران",), "Pashto has"),
    ("alef maksura", "ps", PLAIN, ("سړى",), "Pashto has"),
    ("near for close", "ps", LABEL, ("نږدې",), "write 'بندول'"),
    ("Eastern digit", "fa_AF", PLAIN, ("شماره ۱",), "digits are 0-9"),
    ("Eastern digit in Dutch", "nl", PLAIN, ("nummer ٣",), "digits are 0-9"),
    ("split number", "ps", PLAIN, ("زنګ 02 274",), "change places"),
    ("Latin start", "fa_AF", PLAIN, ("سلام\nVDAB کمک",), "starts with a Latin letter"),
    ("Western question mark", "fa_AF", PLAIN, ("چطور?",), "write '؟'"),
    ("Western comma", "ps", TEXT, ("سلام {name}, راشئ",), "write '،'"),
    ("open isolate", "fa_AF", PLAIN, (f"سلام {LRI}112",), "an isolate is not closed"),
    ("hand-made mark", "fa_AF", PLAIN, (f"{RLM}🆘 کمک",), "an invisible mark"),
    ("hand-made isolate", "ps", PLAIN, ("په \u2066/undo\u2069 یې",), "an invisible mark"),
    ("Latin after emoji", "fa_AF", PLAIN, ("🆘 VDAB کمک",), "starts with a Latin letter"),
    ("override", "nl", PLAIN, (f"Hallo {RLO}x",), "embeddings or overrides"),
]


@pytest.mark.parametrize(
    ("code", "message", "said", "fault"),
    [row[1:] for row in BAD],
    ids=[row[0] for row in BAD],
)
def test_bad_translation_is_caught(
    tmp_path: Path, code: str, message: Message, said: tuple[str, ...], fault: str
) -> None:
    found = faults(tmp_path, code, message, *said)

    assert len(found) >= 1
    assert any(fault in problem for problem in found)


def test_fuzzy_message_is_caught(tmp_path: Path) -> None:
    assert faults(tmp_path, "nl", PLAIN, "Hallo", comment="#, fuzzy") == ["fuzzy: 'Hello'"]


def test_missing_message_is_caught_in_every_language(tmp_path: Path) -> None:
    making.a_language(tmp_path, "nl")
    making.a_made_up_language(tmp_path)

    found = [str(problem) for problem in checking.problems(tmp_path, [PLAIN])]

    assert found == [
        f"{tmp_path}/{code}/LC_MESSAGES/bot.po:1: missing: 'Hello'" for code in ("nl", "qya")
    ]


def test_missing_catalogue_is_caught(tmp_path: Path) -> None:
    making.a_language(tmp_path, "nl").unlink()

    assert "there is no catalogue" in checking.problems(tmp_path, [PLAIN])[0].message


def test_message_nobody_says_is_caught(tmp_path: Path) -> None:
    making.a_language(tmp_path, "nl", making.an_entry("Bye", "Dag"))

    found = checking.problems(tmp_path, [])

    assert [problem.message[:17] for problem in found] == ["nobody says 'Bye'"]


def test_broken_catalogue_is_caught(tmp_path: Path) -> None:
    making.a_language(tmp_path, "nl", 'msgid "Hello"\nthis is no catalogue\n')

    assert "cannot be read" in checking.problems(tmp_path, [PLAIN])[0].message


def test_written_exception_allows_a_word(tmp_path: Path) -> None:
    comment = "# allow: مترجم - a written translator is meant"

    assert len(faults(tmp_path, "fa_AF", PLAIN, "مترجم")) == 1
    assert faults(tmp_path, "fa_AF", PLAIN, "مترجم", comment=comment) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('_(f"Hello {name}")', "a message is one whole sentence"),
        ('_("Hello " + name)', "a message is one whole sentence"),
        ('_("Hello {name}")', "{name} is not handed over"),
        ('_("Hello", name=name)', "name= is handed over"),
        ('_.plural("{n} {x}", "{n} {x}", 2)', "{x} is not handed over"),
        ('desk.words(person).plain("Thank you.")', "a message is said by `_` itself"),
    ],
)
def test_careless_call_is_caught(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "chat.py").write_text(f"\n{line}\n", encoding="utf-8")

    found = checking.code_problems(tmp_path)

    assert [(problem.line, fault in problem.message) for problem in found] == [(2, True)]


@pytest.mark.parametrize(
    "line",
    [
        '_("Hello {name}", name=name)',
        "_(REFUSAL, **values)",
        'N_("Hello {name}")',
        '_.plural("{n} day", "{n} days", 2)',
        '_.ctx("a {b}", "Hello")',
        'table.c.places.label("places")',
    ],
)
def test_careful_call_passes(tmp_path: Path, line: str) -> None:
    (tmp_path / "chat.py").write_text(line, encoding="utf-8")

    assert checking.code_problems(tmp_path) == []


def test_command_updates_then_finds_what_is_missing(tmp_path: Path) -> None:
    package, locales = tmp_path / "shop", tmp_path / "locales"
    package.mkdir()
    (package / "chat.py").write_text('_("Hello")\n', encoding="utf-8")
    making.a_language(locales, "nl")
    making.a_language(locales, "en")
    options = ["--locales", str(locales), "--package", str(package)]

    updated = CliRunner().invoke(command.main, [*options, "update"])
    checked = CliRunner().invoke(command.main, [*options, "check"])

    assert updated.output == "1 messages\n"
    assert checked.exit_code == 1
    assert checked.output == f"{locales}/nl/LC_MESSAGES/bot.po:10: missing: 'Hello'\n"


def test_command_is_content_with_good_catalogues(tmp_path: Path) -> None:
    package, locales = tmp_path / "shop", tmp_path / "locales"
    package.mkdir()
    making.a_language(locales, "en")

    options = ["--locales", str(locales), "--package", str(package)]

    assert CliRunner().invoke(command.main, [*options, "check"]).exit_code == 0
