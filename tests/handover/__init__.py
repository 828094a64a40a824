"""Tests of the staff queue."""
