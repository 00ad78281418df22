"""The WSGI application that gunicorn serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from gunicorn.arbiter import Arbiter

from catalog.images import warm_up
from config.allocating import limit_arenas
from core.deployment_checks import refuse_unsafe_start
from core.log_format import name_process

name_process("web")
limit_arenas()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
try:
    refuse_unsafe_start()
except SystemExit as refusal:
    sys.stderr.write(f"{refusal}\n")
    # With this status gunicorn's master ends too; after any other it starts a worker again, for ever.
    sys.exit(Arbiter.WORKER_BOOT_ERROR)
warm_up()

# What was loaded at the start is never garbage; without this, each full collection walks it during a search.
gc.collect()
gc.freeze()
