"""A whole network as one readable file: reading it, checking it and loading it into a site."""
