"""What cannot be, and the sentence that says so. Pure."""

from bot.errors import N_, Outdated, Refused
from bot.events.domain.events import Event


class Over(Refused):
    """It has begun or is over."""

    sentence = N_("This has already begun or is over.")


class Cancelled(Refused):
    """It does not take place."""

    sentence = N_("This was cancelled: it does not take place.")


class Closed(Refused):
    """Nobody may sign up (any more)."""

    sentence = N_("You cannot sign up for this any more.")


class Full(Refused):
    """No place is free, and there is no waitlist."""

    sentence = N_("All places are taken.")


class NotForYou(Refused):
    """It is for others, such as the thanks for volunteers."""

    sentence = N_("This is for other people: you cannot sign up here.")


class GroupTooLarge(Refused):
    """A group for which there will never be places enough."""

    sentence = N_("There are only {places} places in all.")

    def __init__(self, places: int) -> None:
        super().__init__(places=places)


class NoRoomForMore(Refused):
    """Those who would come along find no place."""

    sentence = N_("There is no place for more people. You keep what you have.")


class AlreadyThere(Refused):
    """Has a place, or is on the waitlist."""

    sentence = N_("You are already on the list.")


class Taken(Refused):
    """Somebody else tapped first."""

    sentence = N_("Somebody was faster. You stay on the waitlist, at the same position.")


class OfferOver(Refused):
    """The offer was not answered in time."""

    sentence = N_("This offer is over: the place went to the next person.")


class NoPlace(Outdated):
    """Has no place here (any more)."""

    sentence = N_("You have no place here any more.")


class NotExpected(Refused):
    """At the door: they are not on the list (any more)."""

    sentence = N_("This person has no place here: given back, or still on the waitlist.")


class TooEarly(Refused):
    """Who came is said when it begins, not before."""

    sentence = N_("This has not begun yet.")


class TooFewPlaces(Refused):
    """More people have a place than there would be places."""

    sentence = N_("{taken} places are taken already; there cannot be fewer.")

    def __init__(self, taken: int) -> None:
        super().__init__(taken=taken)


class EndsBeforeItBegins(Refused):
    """The end is not after the beginning."""

    sentence = N_("The end must be after the beginning.")


class NoLink(Refused):
    """Not an address of the web."""

    sentence = N_("That is no link. It begins with https:// and has no spaces.")


class NoEnd(Refused):
    """Not a time of the day."""

    sentence = N_("Please tap a time, or write it as 16:30.")


class Conflict(Refused):
    """The person has a place somewhere else at that time. `event`: where."""

    sentence = N_("You have something else at that time: {title}. Give that back first.")

    def __init__(self, event: Event) -> None:
        super().__init__(title=event.title(None))
        self.event = event


def require_size(event: Event, size: int) -> None:
    """Raises GroupTooLarge for a group that would wait for ever."""
    places = event.draft.capacity
    if places is not None and size > max(1, places):
        raise GroupTooLarge(places)
