"""The languages people read: catalogues, plurals, dates, direction, detection.

A language is a folder under `locales/`; nothing in here names one, except English, the language
in which the messages are written in code.
"""
