"""The rules of drill: pure, standard library only. No clock, no randomness, no I/O."""
