"""Use cases of events; each is given a `Tx` and never commits."""
