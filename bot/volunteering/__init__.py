"""Slice: volunteers, organisations, assignments, matching, hours, evaluation, letter."""
