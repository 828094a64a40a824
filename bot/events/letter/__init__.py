"""Paper: sheets of A4 with embedded fonts, for posters here and for letters above."""
