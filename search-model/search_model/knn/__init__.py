"""The KNN model: exact cosine search under filters, and the artifact it is published as.

Importing this package loads neither FAISS nor scikit-learn; import the backend you mean.
"""
