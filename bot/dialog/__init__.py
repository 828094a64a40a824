"""How the bot talks: one turn per incoming message, routed to one function of one slice."""
