"""What people read about events and their places. One module per feature."""
