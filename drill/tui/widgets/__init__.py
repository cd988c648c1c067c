"""Widgets: the canvas that shows painted lines."""
