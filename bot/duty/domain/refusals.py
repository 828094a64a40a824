"""What cannot be done with the roster: each says how to mend it."""

from bot.errors import N_, NotAllowed, Refused


class ForCoordinators(NotAllowed):
    """Everybody of the team may look; only coordinators change."""

    sentence = N_("Only coordinators can change the duty roster.")


class NotUnderstood(Refused):
    """A word that is no language, day, time or desk."""

    sentence = N_(
        "I do not understand “{word}”. After the name come a language ({languages}), a day"
        " ({days}), a time (09:00-12:30) and, if it is not the info desk, a desk ({desks})."
    )


class Incomplete(Refused):
    """The line lacks something."""

    sentence = N_(
        "Something is missing: name, language, day and time are needed. For instance: {example}"
    )


class NoTime(Refused):
    """Not a time of the day."""

    sentence = N_("“{word}” is no time of a day. Write it so: 09:00-12:30.")


class ClosesFirst(Refused):
    """A block lies within one day."""

    sentence = N_("{word}: it must open before it closes, on the same day.")


class NoDay(Refused):
    """Not a date."""

    sentence = N_("“{word}” is no date. Write it so: 2026-12-24, or 2026-12-24..2027-01-02.")


class DayOver(Refused):
    """A day in the past, or too far away."""

    sentence = N_("{day} is over, or more than two years away.")


class TooMany(Refused):
    """More at once than a slip of the finger should do."""

    sentence = N_("This would be {n} blocks at once. Please write several lines.")


class Overlaps(Refused):
    """The colleague is on duty then already, at this desk and for this language."""

    sentence = N_("{name} is on duty then already: {block}.")


class NoSuchBlock(Refused):
    """Nothing in the roster is meant by these words."""

    sentence = N_("No block in the roster is meant by this. /duty shows all of them.")


class NotClosed(Refused):
    """There is no such closure."""

    sentence = N_("Nothing is closed on {day}.")


class ClosedAlready(Refused):
    """The same closure stands there."""

    sentence = N_("This is closed on {day} already.")


class NoSuchCommand(Refused):
    """Not one of the words after /duty."""

    sentence = N_(
        "I do not know “{word}”. You can write: /duty · /duty mine · /duty csv ·"
        " /duty add … · /duty remove … · /duty close … · /duty open …"
    )


# Only when a file is read.


class NoColumns(Refused):
    """The first line does not name the columns."""

    sentence = N_("The first line must name the columns: {columns}")


class NoLanguage(Refused):
    """The column language holds something else."""

    sentence = N_("language: “{word}” is none of {languages}")


class NoDesk(Refused):
    """The column desk holds something else."""

    sentence = N_("desk: “{word}” is none of {desks}")


class NoWeekday(Refused):
    """The column weekday holds something else."""

    sentence = N_("weekday: “{word}” is none of {days}")


class Twice(Refused):
    """The same colleague, desk, language and time in two lines."""

    sentence = N_("overlaps with line {n}")
