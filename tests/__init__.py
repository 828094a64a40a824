"""The tests: a mirror of the package, whole journeys, and the rules of the house."""
