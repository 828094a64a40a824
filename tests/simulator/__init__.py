"""Whether the stand-in for Telegram is true."""
