"""Messages to many: who gets them, who writes and approves them, how they go out."""
