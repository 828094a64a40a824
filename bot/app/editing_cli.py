"""`wegwijzer answers export`, `import`, `overrides`: texts from a sheet, paper or Telegram."""

import asyncio
import importlib
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot.app import settings, using
from bot.app.settings import LOCALES, ROOT
from bot.errors import Misconfigured
from bot.handover.domain.drafts import Proposal
from bot.handover.service import proposing
from bot.infodesk import importing, service
from bot.infodesk.domain import Library
from bot.infodesk.exports import paper
from bot.infodesk.service.publishing import Standing
from bot.language import formats, profile

FACTS = ROOT / "knowledge" / "facts"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--language", "languages", multiple=True, help="Only this language (repeatable).")
@click.option("--review", metavar="LANGUAGE", help="A document to print instead (FILE.html).")
@click.option(
    "--overrides",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Instead, write the texts that staff published in Telegram as files.",
)
def export(
    *, file: Path | None, languages: tuple[str, ...], review: str | None, overrides: Path | None
) -> None:
    """Write the answers to FILE.xlsx: a sheet per language, and one to review beside the facts."""
    library = importing.read(LOCALES)
    if overrides is not None:
        _export_overrides(library, overrides)
        return
    if file is None:
        raise Misconfigured("Name the file to write, for instance answers.xlsx.")
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
            proposed=_proposed(),
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


@click.command("overrides")
def overrides_() -> None:
    """The texts that staff published in Telegram, and whether the file changed below them."""
    for one in _standing(importing.read(LOCALES)):
        told = "" if one.has_file else "  the bot no longer has this answer"
        told = "  the file changed since" if one.file_changed else told
        click.echo(f"{formats.day_of(one.at)}  {one.override.language:6} {one.override.slug}{told}")


def _proposed() -> list[Proposal]:
    """What stands on the review sheet; nothing where the bot has never run."""
    try:
        return asyncio.run(using.reading(settings.read(), proposing.checked))
    except Misconfigured as reason:
        click.echo(f"Without the proposed topics: {reason}", err=True)
        return []


def _standing(library: Library) -> list[Standing]:
    return asyncio.run(using.reading(settings.read(), partial(service.standing, library)))


def _export_overrides(library: Library, folder: Path) -> None:
    found = _standing(library)
    for one in found:
        text = one.override
        if not one.has_file:
            click.echo(f"{text.slug} ({text.language}) has no file any more: left out.", err=True)
            continue
        file = library.answers[text.language][text.slug]
        source = importing.path_of(LOCALES, file).read_text(encoding="utf-8")
        target = importing.path_of(folder, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(importing.with_override(source, file, text), encoding="utf-8")
        click.echo(str(target))
    if not found:
        click.echo("The team has published no texts of its own.", err=True)


def _on_demand(module: str) -> Any:
    """A module that imports the spreadsheet library: imported now, not at every start."""
    return importlib.import_module(module)
