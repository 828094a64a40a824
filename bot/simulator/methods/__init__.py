"""Every simulated Bot API method, by its name."""

from bot.simulator.calls import Method
from bot.simulator.methods import (
    albums,
    commands,
    copying,
    editing,
    files,
    members,
    pins,
    profile,
    queries,
    sending,
    topics,
    webhooks,
)

ALL: dict[str, Method] = {
    **sending.METHODS,
    **albums.METHODS,
    **copying.METHODS,
    **editing.METHODS,
    **queries.METHODS,
    **topics.METHODS,
    **pins.METHODS,
    **members.METHODS,
    **commands.METHODS,
    **profile.METHODS,
    **files.METHODS,
    **webhooks.METHODS,
}
SIMULATED: dict[str, Method] = {name.lower(): method for name, method in ALL.items()}
