"""Use cases of volunteering; each is given a `Tx` and never commits."""
