"""What Telegram's published specification says, for tests that may not know the simulator."""

from bot.simulator import specification


def parameters(method: str) -> set[str]:
    """The names of the parameters that a Bot API method takes."""
    return set(specification.load().method(method).parameters)
