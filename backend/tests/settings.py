"""The settings of the tests: the real ones, over a data folder of their own.

On SQLite and a broker in memory, or on the servers that `make test-hosted` started and names.
"""

import atexit
import os
import shutil
import tempfile

os.environ["RECTO_DATA_DIR"] = tempfile.mkdtemp(prefix="recto-tests-")
# Not a fixture's work: mypy reads these settings as well.
atexit.register(shutil.rmtree, os.environ["RECTO_DATA_DIR"], ignore_errors=True)
os.environ["RECTO_BROKER_URL"] = os.environ.get("RECTO_TEST_BROKER_URL", "memory://")
os.environ["RECTO_EXTRACTOR_URL"] = "http://127.0.0.1:1"
for name in ("DATABASE_URL", "DATABASE_PASSWORD", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PAGE_DIR"):
    os.environ.pop(f"RECTO_{name}", None)
    os.environ.pop(f"RECTO_{name}_FILE", None)
if "RECTO_TEST_DATABASE_URL" in os.environ:
    os.environ["RECTO_DATABASE_URL"] = os.environ["RECTO_TEST_DATABASE_URL"]

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "RECTO_TEST_DATABASE_URL" not in os.environ:
    # A file, as in earnest: SQLite's shared memory locks whole tables and knows no WAL.
    DATABASES["default"]["TEST"] = {"NAME": str(RECTO_PROCESSED_DIR / "test.sqlite3")}  # noqa: F405
# Every test client looks through all files of the admin pages otherwise: a third of a request's time.
WHITENOISE_AUTOREFRESH = True
