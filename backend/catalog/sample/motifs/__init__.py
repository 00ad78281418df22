"""Things that several genres draw: skies, hills, trees, houses, ships, frames."""
