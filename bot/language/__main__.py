"""`python -m bot.language update` and `check`: the catalogues and the code, kept in step."""

from pathlib import Path

import click

from bot.language import answer_files, checking, extraction, spelling, updating

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
@click.option("--locales", type=_FOLDER, default=spelling.LOCALES, help="The languages' folder.")
@click.option("--package", type=_FOLDER, default=_PACKAGE, help="The code that speaks.")
@click.pass_context
def main(context: click.Context, locales: Path, package: Path) -> None:
    """Keep the words of every language in step with the code."""
    context.obj = (locales, package)


@main.command()
@click.option("--drop-unused", is_flag=True, help="Forget what the code no longer says.")
@click.pass_obj
def update(folders: tuple[Path, Path], drop_unused: bool) -> None:
    """Bring every bot.po up to date; translations are kept, new messages are left empty."""
    locales, package = folders
    messages = extraction.template(package)
    updating.update(locales, messages, drop_unused=drop_unused)
    click.echo(f"{len(messages)} messages")


@main.command()
@click.pass_obj
def check(folders: tuple[Path, Path]) -> None:
    """Print every fault as `path:line: message`; exit with 1 when there is one."""
    locales, package = folders
    found = [
        *checking.code_problems(package),
        *checking.problems(locales, extraction.template(package)),
        *answer_files.problems(locales),
    ]
    for problem in found:
        click.echo(problem._replace(path=_short(problem.path)))
    if found:
        raise SystemExit(1)


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    main(prog_name="python -m bot.language")
