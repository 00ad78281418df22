"""Measuring retrieval: simulated photographs, and measures of ranked lists."""
