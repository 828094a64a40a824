"""Guessing the language of a question."""

from pathlib import Path

import pytest

from bot.language import catalog, spelling
from tests.language import making

LANGUAGES = catalog.Catalogs.load(spelling.LOCALES)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Waar kan ik een advocaat vinden?", "nl"),
        ("ik zoek werk", "nl"),
        ("Where can I find a lawyer?", "en"),
        ("i need doctor", "en"),
        ("Де знайти адвоката?", "uk"),
        ("Где найти адвоката, это срочно", "uk"),
        ("وکیل از کجا پیدا کنم؟", "fa_AF"),
        ("من شفاخانه كار دارم", "fa_AF"),
        ("خانه", "fa_AF"),
        ("زه د وکیل په لټه کې یم، چیرته لاړ شم؟", "ps"),
        ("ډاکټر", "ps"),
        ("Fedasil", None),
        ("OCMW 1120", None),
        ("112 👍", None),
        ("مرحبا OCMW VDAB Fedasil", None),
        ("你好", None),
        ("", None),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_language_of_a_question_is_guessed(text: str, code: str | None) -> None:
    assert LANGUAGES.guess(text) == code


def test_language_that_is_not_installed_is_not_guessed(tmp_path: Path) -> None:
    making.a_language(tmp_path, "en")
    making.a_language(tmp_path, "nl")

    assert catalog.Catalogs.load(tmp_path).guess("Де знайти адвоката?") is None
