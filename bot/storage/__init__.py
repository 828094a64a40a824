"""The database: engine, transactions, column types. Knows no slice."""
