"""The top floor: settings, wiring, server, command line. It only assembles."""
