"""Contrastive training of a descriptor on the owner's own images (`python -m search_model.training`)."""
