"""Registers as clerks make them, and what a demanding clerk expects to be told about them."""
