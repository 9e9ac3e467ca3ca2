"""Where agreements are kept: one contract, and the stores that fulfil it."""
