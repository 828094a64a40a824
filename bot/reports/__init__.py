"""Key figures for who pays and who plans: the one outside reader of rows. It never writes."""
