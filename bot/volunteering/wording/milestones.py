"""What stands below the picture of the way to 40 hours."""

from bot.delivery.messages import Button, Buttons
from bot.language.catalog import Words
from bot.volunteering.domain.trajectories import Progress
from bot.volunteering.wording.hours import amount

Screen = tuple[str, Buttons]

FILE_NAME = "hours.png"


def shown(_: Words, progress: Progress) -> Screen:
    """For who wants to see it."""
    return _how_far(_, progress), (_hours(_),)


def passed(_: Words, progress: Progress) -> Screen:
    """A milestone; the last one opens the way to a certificate."""
    if not progress.is_reached:
        thanks = _("👏 Thank you for every hour. Go on as it suits you.")
        return f"{_how_far(_, progress)}\n\n{thanks}", (_hours(_),)
    done = _("🏁 You did it! Your coordinator looks at it now. You can ask for a certificate.")
    letters = (Button(_.label("📄 Letters"), action="vletters"),)
    return f"{_how_far(_, progress)}\n\n{done}", (letters, _hours(_))


def _how_far(_: Words, progress: Progress) -> str:
    return _(
        "🎯 <b>{done} of {target}</b> for your trajectory",
        done=amount(_, progress.minutes),
        target=amount(_, progress.target),
    )


def _hours(_: Words) -> tuple[Button, ...]:
    return (Button(_.label("⏱ My hours"), action="vhours"),)
