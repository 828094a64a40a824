"""What colleagues read of the roster."""

from bot.errors import N_

# In Telegram's own list of commands in the staff group, and in /help there.
COMMANDS: tuple[tuple[str, str], ...] = (("duty", N_("Who is on duty, and the roster")),)
