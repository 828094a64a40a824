"""Telegram and nothing else: reading what comes in, sending what goes out.

The only room that imports python-telegram-bot.
"""
