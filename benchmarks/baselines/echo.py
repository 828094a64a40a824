"""What the bare bots of python-telegram-bot share: where they connect, and the echo."""

import os

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters


def builder() -> ApplicationBuilder:  # type: ignore[type-arg]
    """An application on the fake Bot API."""
    api = os.environ["BENCH_API"]
    return Application.builder().token(os.environ["BENCH_TOKEN"]).base_url(f"{api}/bot")


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def listens(application: Application) -> Application:  # type: ignore[type-arg]
    """The application with its one handler."""
    application.add_handler(MessageHandler(filters.TEXT, echo))
    return application
