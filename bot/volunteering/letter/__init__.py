"""Letters as PDF, and the way to the target as a picture: values and words in, bytes out.

Nothing here knows rows or the time. It takes a fifth of a second, so it is called in a thread.
"""

from bot.volunteering.letter.papers import Letterhead, made
from bot.volunteering.letter.progress import picture

__all__ = ["Letterhead", "made", "picture"]
