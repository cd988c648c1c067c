"""Keys that sentences on the screens name: what is bound follows from them."""

KEEP_KEY = "Ctrl+L"
"""Of Home: keeps the exam's own limit, or follows the suggestion again."""
TAKE_KEY = "Ctrl+S"
"""Of a report: starts what it advises."""
MISSING_KEY = "Ctrl+X"
"""Of Import: retires the questions that are missing from the file, or keeps them."""
IMPORT_OWN = "Ctrl+O imports your own"
