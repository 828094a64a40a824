"""What people read: newcomers (newcomer, answer) and the staff group (card, topic)."""
