"""Slice: the duty roster: who is on duty, and when somebody reads a language."""
