"""Figures of questions as typed data: what an author wrote, and the plots that are drawn from it. Pure.

`declared` says once what a field is; importer, JSON Schema, writer, export and documentation read it there.
`figure` holds a figure as authored, `plot` what can be drawn, `waves` turns the shorthands into plots.
"""
