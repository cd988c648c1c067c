"""Shorthands: a few numbers become the plots of a tracing or a study.

The curves are synthetic. Each module names its model and its source, and the tests measure the numbers that
were claimed back from the samples that are drawn.
"""
