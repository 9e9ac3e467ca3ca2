"""What every page needs of the web: addresses, headers, error pages, fingerprinted files."""
