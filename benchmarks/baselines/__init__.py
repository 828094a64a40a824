"""The bare bots that ours is measured against: an echo, nothing stored, nothing looked up."""
