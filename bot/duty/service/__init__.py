"""What can be done with the roster. One use case per function; none commits."""

from bot.duty.service.reading import news, read

__all__ = ["news", "read"]
