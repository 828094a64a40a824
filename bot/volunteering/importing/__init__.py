"""A file of organisations, assignments and shifts, from XLSX or CSV: all lines, or their faults.

Imported only by the command that reads one.
"""
