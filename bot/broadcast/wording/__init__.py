"""What people read of messages to many."""
