"""The staff queue: a question goes from the bot to a person and the answer comes back."""
