"""The library for editors and the command line: as text, as data, as tables."""

from bot.infodesk.exports.library import ask, recording, show
from bot.infodesk.exports.state import State, as_data, as_table, due, states

__all__ = ["State", "as_data", "as_table", "ask", "due", "recording", "show", "states"]
