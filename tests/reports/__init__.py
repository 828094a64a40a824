"""Tests of the key figures."""
