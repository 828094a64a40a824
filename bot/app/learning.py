"""Wires the Dutch phrase of the day: what it is given, and what it gives."""

from functools import partial

from bot.app.share import Share
from bot.app.shipped import Shipped
from bot.dutch import chat, exports, jobs, privacy
from bot.dutch.desk import DutchDesk


def share(shipped: Shipped) -> Share:
    """The slice's share, from the phrases beside the code."""
    desk = DutchDesk(shipped.catalogs, shipped.course)
    return Share(
        section="Dutch phrases",
        export_person=privacy.export_person,
        forget_person=privacy.forget_person,
        routes=chat.routes(desk),
        my_things=chat.my_things(desk),
        beside_languages=(chat.beside_languages,),
        due_kinds=jobs.due_kinds(desk),
        hourly=jobs.hourly(desk),
        nightly=jobs.nightly(),
        makers={"dutch": partial(exports.recording, desk.course)},
    )
