"""A stand-in for Telegram: fake Bot API server, phones for demo people, scripting for tests.

Nothing in here knows the rest of the bot; it knows Telegram. See docs/simulator.md.
"""
