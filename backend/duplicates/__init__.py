"""The same image twice: pictures of the catalogue that verify against each other, for a curator to judge."""
