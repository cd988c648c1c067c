"""Painters: pure functions from a view model, a width and a height to lines of text with roles.

The same lines serve the screens (an adapter in drill.tui turns roles into styles), the plain mode,
the text reports and the ASCII fallback, so they cannot disagree.
"""
