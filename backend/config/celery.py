"""The Celery application: `celery -A config worker` and, as a process of its own, `celery -A config beat`.

Its settings are the CELERY_* ones of config/settings.py; what the worker does at its start and end is in
core/tasks.py. A worker takes both queues, or with `--queues` one.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

import core.worker_log  # noqa: F401 - what workers and beat write into the log

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# By name: what it needs is not imported before it is used.
TRANSPORT_ALIASES["filesystem"] = "core.file_broker:Transport"

app = Celery("recto")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
