"""Measures the bot against bare bots, side by side in one run: `python -m benchmarks`."""
