"""How well the search understands questions that nobody taught it: `make evaluate`."""
