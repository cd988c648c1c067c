"""The terminal app: screens turn keys into use cases and painted lines into cells.

Widgets get view models, never a store. Nothing here counts, decides or writes.
"""
