"""`wegwijzer answers export` and `import`: for colleagues who edit in a spreadsheet or on paper."""

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from bot.app.settings import ROOT
from bot.errors import Misconfigured
from bot.infodesk import importing
from bot.infodesk.exports import paper
from bot.language import profile

LOCALES = ROOT / "locales"
FACTS = ROOT / "knowledge" / "facts"  # not in the image: only editors' commands read them


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--language", "languages", multiple=True, help="Only this language (repeatable).")
@click.option("--review", metavar="LANGUAGE", help="A document to print instead (FILE.html).")
def export(*, file: Path, languages: tuple[str, ...], review: str | None) -> None:
    """Write the answers to FILE.xlsx: a sheet per language, and one to review beside the facts."""
    library = importing.read(LOCALES)
    for language in (*languages, *filter(None, [review])):
        if language not in library.languages:
            known = ", ".join(library.languages)
            raise Misconfigured(f"There is no language {language!r}; there are {known}.")
    knowledge, _ = importing.read_facts(FACTS, library.topics)
    right_to_left = {one.code for one in profile.read_all(LOCALES) if one.is_rtl}
    if review:
        text = paper.document(library, review, knowledge.lines, is_rtl=review in right_to_left)
        file.write_text(text, encoding="utf-8")
    else:
        _on_demand("bot.infodesk.exports.workbook").write(
            file,
            library,
            facts=knowledge.lines,
            right_to_left=right_to_left,
            languages=languages,
        )
    click.echo(f"Written to {file}.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", "applies", is_flag=True, help="Write the changes into locales/.")
def import_(*, file: Path, applies: bool) -> None:
    """Show what colleagues changed in FILE.xlsx; with --apply, write it. All of it, or nothing."""
    library = importing.read(LOCALES)
    changes = _on_demand("bot.infodesk.importing.workbook").read(file, LOCALES, library)
    for remark in changes.remarks:
        click.echo(f"# {remark}", err=True)
    if changes.faults:
        for fault in changes.faults:
            click.echo(fault, err=True)
        click.echo("Nothing was changed. Mend the workbook and import it again.", err=True)
        sys.exit(1)
    click.echo(changes.diff(), nl=False)
    if applies:
        changes.apply()
        click.echo(f"{len(changes.files)} files were changed: `answers check`, then git.", err=True)
    elif changes.files:
        click.echo(f"{len(changes.files)} files would change; write them with --apply.", err=True)
    else:
        click.echo("Nothing was changed in the workbook.", err=True)


def _on_demand(module: str) -> Any:
    """A module that imports the spreadsheet library: imported now, not at every start."""
    return importlib.import_module(module)
