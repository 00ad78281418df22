"""`make load`: many visitors and a curator at the same time, and what they had of it."""
