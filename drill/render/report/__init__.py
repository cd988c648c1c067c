"""The reports: parts as data (`part`, `figures`), made one function a metric, drawn in cells or as a page.

`pages` holds the one ordered list of each report's parts. `part_cells` and `page_cells` draw them for screens
and text reports, `in_html` and `page_html` for the report file.
"""
