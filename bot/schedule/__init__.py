"""What is due: rows with a unique key, told by name to who planned them."""
