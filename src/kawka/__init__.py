"""Kawka runs networking meetings people come back to."""
