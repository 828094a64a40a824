"""Plain phrases: what a colleague can say to somebody whose language they do not speak.

None of them promises, advises, or states a fact that would have to be reviewed. Each has a name
that never changes: it stands in buttons. After one that asks something it is the person's turn;
one that only bridges the time ("please wait") leaves the question as it is.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.errors import N_
from bot.handover.domain import ANSWERS, ASKS, STAYS
from bot.language.catalog import N_label


class Phrase(NamedTuple):
    """One sentence, in every language."""

    name: str
    text: str  # a message of the catalogue
    moves: str = ASKS  # what it does to the question when it has arrived


class Group(NamedTuple):
    """A drawer of phrases."""

    name: str
    title: str  # a label of the catalogue
    phrases: tuple[Phrase, ...]


GROUPS: Final = (
    Group(
        "letters",
        N_label("📄 Letters and photos"),
        (
            Phrase("letter_photo", N_("Please send a photo of the letter.")),
            Phrase("every_page", N_("Please send a photo of every page, also of the back.")),
            Phrase(
                "photo_again",
                N_(
                    "I cannot read this photo well. Please take it again, from above and in good"
                    " light."
                ),
            ),
            Phrase("envelope", N_("Please send a photo of the envelope too.")),
            Phrase("letter_date", N_("Which date stands on the letter?")),
            Phrase("letter_came", N_("On which day did you get the letter?")),
            Phrase("letter_from", N_("Who sent you this letter?")),
            Phrase(
                "no_passport",
                N_("Please do not send a photo of your passport or your residence card here."),
                moves=ANSWERS,
            ),
            Phrase(
                "have_photo", N_("I have your photo, thank you. I am reading it now."), moves=STAYS
            ),
        ),
    ),
    Group(
        "where",
        N_label("📍 Where, when, who"),
        (
            Phrase("town", N_("Which town do you live in?")),
            Phrase("postcode", N_("What is the postcode of the place where you live?")),
            Phrase("centre", N_("Do you live in a reception centre, or in a house or flat?")),
            Phrase("since_when", N_("Since when have you been in Belgium?")),
            Phrase("appointment_when", N_("On which day and at what time is your appointment?")),
            Phrase("appointment_where", N_("Where is your appointment?")),
            Phrase("municipality", N_("Did you get an answer from the municipality?")),
            Phrase("about_whom", N_("Is the question about you, or about somebody else?")),
            Phrase("how_many", N_("How many people are you, and how old are the children?")),
        ),
    ),
    Group(
        "calls",
        N_label("📞 Calls and interpreters"),
        (
            Phrase(
                "ready_sentences",
                N_(
                    "I do not speak your language. I choose ready sentences that were translated"
                    " for you."
                ),
                moves=STAYS,
            ),
            Phrase("interpreter", N_("We will call an interpreter."), moves=STAYS),
            Phrase("best_language", N_("Which language do you speak best?")),
            Phrase("other_languages", N_("Do you also speak Dutch, English or French?")),
            Phrase("may_call", N_("May we call you? At what time is it good for you?")),
            Phrase("no_number", N_("Please do not write your phone number here."), moves=ANSWERS),
            Phrase(
                "voice", N_("You can also send a voice message in your language."), moves=ANSWERS
            ),
            Phrase(
                "short_sentences",
                N_("Please write in short sentences. Then we understand you better."),
                moves=ANSWERS,
            ),
        ),
    ),
    Group(
        "waiting",
        N_label("⏳ Waiting and next steps"),
        (
            Phrase("ask_colleague", N_("Please wait, I am asking a colleague."), moves=STAYS),
            Phrase(
                "looking", N_("I am looking for the answer. It takes a little time."), moves=STAYS
            ),
            Phrase(
                "seeking_speaker",
                N_("I am looking for a colleague who speaks your language."),
                moves=STAYS,
            ),
            Phrase("tell_more", N_("Can you tell me a little more about it?")),
            Phrase(
                "other_words",
                N_("I do not understand this well. Can you write it in other words?"),
            ),
            Phrase("done_so_far", N_("What have you done about it until now?")),
            Phrase("clear", N_("Is it clear now?")),
            Phrase("another", N_("Do you have another question?")),
            Phrase("stop_today", N_("I stop for today. You can go on writing here."), moves=STAYS),
        ),
    ),
    Group(
        "kind",
        N_label("🙂 Kind words"),
        (
            Phrase("hello", N_("Hello! I have your question in front of me."), moves=STAYS),
            Phrase("thanks_waiting", N_("Thank you for waiting."), moves=STAYS),
            Phrase("sorry_waiting", N_("I am sorry that you had to wait."), moves=STAYS),
            Phrase("thanks_clear", N_("Thank you, that is clear."), moves=ANSWERS),
            Phrase("hard", N_("I understand that this is hard for you."), moves=STAYS),
            Phrase("take_time", N_("Take your time."), moves=STAYS),
            Phrase("welcome", N_("You are welcome."), moves=ANSWERS),
            Phrase("all_the_best", N_("I wish you all the best."), moves=ANSWERS),
        ),
    ),
)


def every() -> Iterator[Phrase]:
    """All phrases, in the order of the menu."""
    return (phrase for group in GROUPS for phrase in group.phrases)


def group(name: str) -> Group | None:
    """A drawer by its name."""
    return next((one for one in GROUPS if one.name == name), None)


def phrase(name: str) -> Phrase | None:
    """A sentence by its name."""
    return next((one for one in every() if one.name == name), None)


def drawer(name: str) -> Group:
    """The drawer in which a sentence lies."""
    return next(one for one in GROUPS if any(phrase.name == name for phrase in one.phrases))
