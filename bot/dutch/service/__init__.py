"""What can be done with the phrase of the day. One use case per function; none commits."""
