"""People: who they are, their language, their role, and that they may be forgotten."""
