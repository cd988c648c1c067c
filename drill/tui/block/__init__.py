"""The block: one screen, and the modes that say what its keys mean."""
