"""Figures as lines of cells: plots in braille dots, pictures in half blocks, numbers as tables. Pure.

`drawing` lays out the plots of a figure, `panel` paints one of them onto a `raster`, `picture` paints pixels,
`table` tells a figure in words where nothing can be drawn, `page` makes a page for the browser.
"""
