"""Tests of the slice about events and places."""
