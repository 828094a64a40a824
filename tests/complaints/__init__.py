"""Complaints past the team, with and without a name."""
