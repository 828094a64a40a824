"""Files of others as lines with a meaning: events of XLSX, CSV and ICS, and walkers.

Imported only where one is read. Cells and sheets are for the slice above too.
"""
