"""What can be done with complaints; one use case per function, none commits."""
