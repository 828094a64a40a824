"""The info desk: reviewed answers, the search that finds them, and the way to a colleague."""
