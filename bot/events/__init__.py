"""Slice: events and shifts (a shift is an event with an assignment), places, waitlist."""
