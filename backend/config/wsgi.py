"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from catalog.images import warm_up
from config.allocating import limit_arenas
from core.deployment_checks import refuse_unsafe_start
from core.log_format import name_process

name_process("web")
limit_arenas()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
refuse_unsafe_start()
warm_up()

# What was loaded at the start is never garbage; without this, each full collection walks it during a search.
gc.collect()
gc.freeze()
