"""What volunteers and coordinators read. One module per feature."""
