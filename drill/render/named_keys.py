"""Keys that sentences of Home and of the reports name: what is bound follows from them."""

KEEP_KEY = "Ctrl+L"
"""Of Home: keeps the exam's own limit, or follows the suggestion again."""
TAKE_KEY = "Ctrl+S"
"""Of a report: starts what it advises."""
IMPORT_OWN = "Ctrl+O imports your own"
