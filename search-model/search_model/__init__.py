"""Recto's search model: descriptors, the feature extraction service, the KNN index and its evaluation.

The core needs neither Keras nor TensorFlow; only `extractor/` and `training/` may import them.
"""
