"""Makes folders of languages: real ones copied, made-up ones from scratch."""

import shutil
from pathlib import Path

from bot.language import catalog, spelling

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""
PLURALS = {
    "fa_AF": "nplurals=2; plural=(n > 1);",
    "uk": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}
MADE_UP = """
code = "{code}"
name = "Elvish"
english_name = "Elvish"
direction = "ltr"
telegram_code = "{code}"
accepts = ["{code}-ME"]
order = 9
babel_locale = "nl"
"""


def a_language(folder: Path, code: str, entries: str = "", plurals: str | None = None) -> Path:
    """One of our languages, with a catalogue of these entries (po text)."""
    target = folder / code
    target.mkdir(parents=True, exist_ok=True)
    for name in ("language.toml", "avoid.yaml"):
        shutil.copy(spelling.LOCALES / code / name, target / name)
    return a_catalogue(target, entries, plurals or PLURALS.get(code))


def a_made_up_language(folder: Path, code: str = "qya", entries: str = "") -> Path:
    """A language that nobody has heard of: a folder, nothing else."""
    target = folder / code
    target.mkdir(parents=True)
    (target / "language.toml").write_text(MADE_UP.format(code=code), encoding="utf-8")
    return a_catalogue(target, entries, None)


def a_catalogue(target: Path, entries: str, plurals: str | None) -> Path:
    path = target / "LC_MESSAGES" / "bot.po"
    path.parent.mkdir(exist_ok=True)
    header = HEADER.format(plurals=plurals or "nplurals=2; plural=(n != 1);")
    path.write_text(header + entries, encoding="utf-8")
    return path


def an_entry(msgid: str, *said: str, plural: str = "", context: str = "", comment: str = "") -> str:
    """One message of a catalogue as po text."""
    lines = [comment] if comment else []
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(msgid)}")
    if plural:
        lines.append(f"msgid_plural {_quoted(plural)}")
        lines += [f"msgstr[{index}] {_quoted(form)}" for index, form in enumerate(said)]
    else:
        lines.append(f"msgstr {_quoted(said[0])}")
    return "\n".join(lines) + "\n\n"


def a_voice(folder: Path, code: str, entries: str = "") -> catalog.Words:
    """The voice of one of our languages with these entries."""
    a_language(folder, code, entries)
    return catalog.Catalogs.load(folder).words(code)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
