"""Whole stories over HTTP through the simulator. Nothing here imports the bot."""
