"""Who may take a shift, and the sentence where somebody may not. Pure."""

from bot.errors import N_, Refused


class NotAVolunteer(Refused):
    """Has not signed up."""

    sentence = N_("Please sign up as a volunteer first.")


class NotApproved(Refused):
    """The coordinator has not said yes yet."""

    sentence = N_("You can take shifts as soon as your coordinator has approved your sign-up.")


class MustAgree(Refused):
    """What volunteers agree to is not agreed to yet, or only in an older version."""

    sentence = N_("Please read our rules and agree first. It takes a minute.")


class Paused(Refused):
    """Volunteers no more, or not now."""

    sentence = N_("Your volunteering is paused. Your coordinator can help you to start again.")


class TooYoung(Refused):
    """The assignment is for older people."""

    sentence = N_("For this shift you must be {age} or older.")

    def __init__(self, age: int) -> None:
        super().__init__(age=age)
