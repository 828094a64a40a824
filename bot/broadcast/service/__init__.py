"""What can be done with messages to many. One use case per function, given a `Tx`; none commits."""
