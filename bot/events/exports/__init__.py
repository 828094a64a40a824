"""Files that organisers take with them."""
