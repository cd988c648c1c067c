"""Painters of the road: the screen, the text commands and the page to hand in, from one set of words."""
