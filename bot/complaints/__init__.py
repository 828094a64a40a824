"""Complaints: past the team, to an independent contact person, also without a name."""
