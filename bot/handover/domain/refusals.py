"""Why something may not be done, in one sentence each."""

from bot.errors import N_, NotAllowed, Outdated, Refused


class NoSuchQuestion(Outdated):
    """It was never there, or it is gone."""

    sentence = N_("This question is not there any more.")


class AlreadyTaken(Outdated):
    """A colleague was first."""

    sentence = N_("{name} already has this question.")


class NotTheClaimant(NotAllowed):
    """Somebody else's question."""

    sentence = N_("Only the colleague who claimed this question can do this.")


class NotForTrainees(NotAllowed):
    """It needs a colleague who is no trainee any more."""

    sentence = N_("A trainee cannot do this yet. Please ask a colleague.")


class NotYourOwn(NotAllowed):
    """Nobody is their own mentor."""

    sentence = N_("Somebody else has to check your own message.")


class CheckedAlready(Outdated):
    """It went out, or stayed in."""

    sentence = N_("This message does not wait any more.")


class ChangedMeanwhile(Outdated):
    """The trainee has edited it since the button was made."""

    sentence = N_("This message was changed. Please read it once more.")


class NeedsSkill(NotAllowed):
    """A question about law, violence or somebody under 18."""

    sentence = N_("This question is for colleagues who were trained for it.")


class NothingWritten(Refused):
    """Send was pressed on an empty draft."""

    sentence = N_("There is nothing to send yet. Write, speak or send a photo first.")


class NotYourQuestion(NotAllowed):
    """A button that names another person's case."""

    sentence = N_("This is not your question.")


class TooLateToReopen(Refused):
    """The term for going on with a closed question is over."""

    sentence = N_("That question was closed more than 14 days ago. Please ask a new one.")


class TextOnly(Refused):
    """A photo where words were asked for."""

    sentence = N_("Please answer in words. Nothing was sent to the person.")


class NothingToStop(Refused):
    """/stop where nothing waits."""

    sentence = N_("Nothing is waiting here: what you wrote has already gone out. /undo deletes it.")


class NothingToUndo(Refused):
    """/undo where nothing went out."""

    sentence = N_("There is no message of yours here to delete.")


class NotInATopic(Refused):
    """A command that needs to know the question."""

    sentence = N_("Use this inside the topic of a question, or as a reply to its card.")


class DateIsPast(Refused):
    """The last day of a letter lies behind us."""

    sentence = N_("That day is over. Please look again: which last day does the letter name?")


class NoDateRead(Refused):
    """No date, or more than one, in what a colleague wrote."""

    sentence = N_("I cannot read one date in that. Write it like this: 12/3/2027.")


class NoNumber(Outdated):
    """The person took it back, or the question is over."""

    sentence = N_("There is no telephone number any more.")


class NobodyForMinors(Refused):
    """Somebody under 18 asks, and no group of trained colleagues was made."""

    sentence = N_(
        "Nobody here was trained yet to write with people younger than 18, so your question was"
        " not sent. Please use the numbers above."
    )


class NoGroupForMinors(Refused):
    """A colleague sees that somebody is under 18, and there is nowhere to bring the question."""

    sentence = N_(
        "There is no group for questions of people under 18 yet. Please tell a coordinator; ask"
        " nothing more than you need."
    )
