"""Files of events that leave the bot. One module each; what makes them takes time to load."""
