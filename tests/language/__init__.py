"""The room `bot/language` and the languages' folders."""
