"""Commands of `simpul` that ask the index: each in a file of its own."""
