"""The Celery application: `celery -A config worker` and, as a process of its own, `celery -A config beat`.

Its settings are the CELERY_* ones of config/settings.py; what the worker does at its start and end is in
core/tasks.py.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("recto")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
