"""What may be done with a question, one verb a file. Services get a Tx and never commit it."""
