"""How well the prints of the collection are found: by simulated queries, or by real photographs over HTTP."""
