"""The search: from a photograph, a stored picture or an example to ranked prints."""
