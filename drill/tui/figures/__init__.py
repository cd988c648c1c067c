"""Figures full screen: `browser` keeps which one and what part is shown, `keys` names its keys.

It stands in a mode of the block, so that the clock never leaves, and on a screen over a page of review.
"""
