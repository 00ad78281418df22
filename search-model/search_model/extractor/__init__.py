"""The feature extraction service: a picture in, a vector out. It stores nothing and knows no ids.

Importing this package does not import Keras or TensorFlow; `network.py` does.
"""
