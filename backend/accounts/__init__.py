"""Who may do what: sign-in, tokens, members of collections, and the trail of what was done."""
