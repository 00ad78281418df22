"""What `make` calls: the environment, the page, the processes. Plain Python, no Django app.

Everything up to `environment.py` runs before anything is installed, so it uses the standard library only.
"""
