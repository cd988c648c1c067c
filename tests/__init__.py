"""Tests, mirroring drill/."""
