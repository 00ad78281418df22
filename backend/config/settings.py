"""Recto's settings: one file, everything from the environment (see docs), with defaults for one machine."""

from typing import Any

from kombu.entity import Exchange, Queue

from config import env, institution
from core import log_format

REPOSITORY = env.REPOSITORY

# ---- Where things are ---------------------------------------------------------------
BASE_DIR = REPOSITORY / "backend"
RECTO_VERSION = "0.1.0"
RECTO_DATA_DIR = env.folder("RECTO_DATA_DIR", REPOSITORY / "data")
RECTO_PROCESSED_DIR = RECTO_DATA_DIR / "processed"
RECTO_PAGE_DIR = env.folder("RECTO_PAGE_DIR", REPOSITORY / "frontend" / "dist")
RECTO_PORT = env.integer("RECTO_PORT", 8000, low=1, high=65534)
RECTO_EXTRACTOR_URL = env.url(
    "RECTO_EXTRACTOR_URL", f"http://127.0.0.1:{RECTO_PORT + 1}", schemes={"http", "https"}
)

# ---- Limits (the page reads them from /api/v1/info/) --------------------------------
RECTO_SEARCH_MAX_BYTES = env.integer("RECTO_SEARCH_MAX_BYTES", 20_000_000, low=100_000, high=500_000_000)
RECTO_SEARCH_MAX_PIXELS = env.integer("RECTO_SEARCH_MAX_PIXELS", 36_000_000, low=100_000, high=400_000_000)
RECTO_SCAN_MAX_BYTES = env.integer("RECTO_SCAN_MAX_BYTES", 1_000_000_000, low=100_000, high=10_000_000_000)
RECTO_SCAN_MAX_PIXELS = env.integer("RECTO_SCAN_MAX_PIXELS", 400_000_000, low=100_000, high=2_000_000_000)
# Of the tiles that scans are cut into for zooming; those not looked at for longest are deleted first.
RECTO_TILES_MAX_BYTES = env.integer(
    "RECTO_TILES_MAX_BYTES", 20_000_000_000, low=1_000_000, high=10_000_000_000_000
)
# Of one search: how long candidates are verified by their details before the answer must do without.
RECTO_VERIFY_MS = env.integer("RECTO_VERIFY_MS", 250, low=1, high=60_000)

# ---- Searching with a public picture, and keeping searches --------------------------
RECTO_SEARCH_BY_URL = env.flag("RECTO_SEARCH_BY_URL", True)
RECTO_SEARCH_URL_SECONDS = env.integer("RECTO_SEARCH_URL_SECONDS", 15, low=1, high=120)
# As RECTO_FETCH_ALLOW_HOSTS is for curators: whoever may search may have pictures of these servers shown.
RECTO_SEARCH_ALLOW_HOSTS = env.words("RECTO_SEARCH_ALLOW_HOSTS", [])
# For how long a search is kept that somebody wants kept, with its photograph; 0: none is.
RECTO_KEEP_DAYS = env.integer("RECTO_KEEP_DAYS", 30, low=0, high=3650)
RECTO_KEEP_PER_ASKER = env.integer("RECTO_KEEP_PER_ASKER", 100, low=1, high=1_000_000)
RECTO_KEEP_MAX = env.integer("RECTO_KEEP_MAX", 5_000, low=1, high=1_000_000)

# ---- Where pictures of imports may come from ----------------------------------------
RECTO_IMPORT_ROOTS = env.folders("RECTO_IMPORT_ROOTS", [RECTO_DATA_DIR / "raw"])
RECTO_ZIP_MAX_BYTES = env.integer("RECTO_ZIP_MAX_BYTES", 10_000_000_000, low=100_000, high=1_000_000_000_000)
RECTO_ZIP_MAX_FILES = env.integer("RECTO_ZIP_MAX_FILES", 50_000, low=1, high=1_000_000)
# Servers of the operator's own, `host` or `host:port`, that may be asked although they are not public.
RECTO_FETCH_ALLOW_HOSTS = env.words("RECTO_FETCH_ALLOW_HOSTS", [])
RECTO_FETCH_PORTS = env.integers("RECTO_FETCH_PORTS", [80, 443, 8080, 8443], low=1, high=65535)
# An address for the operators of the servers that are asked; some refuse to answer without one.
RECTO_FETCH_CONTACT = env.text("RECTO_FETCH_CONTACT", "")
RECTO_FETCH_PAUSE_MS = env.integer("RECTO_FETCH_PAUSE_MS", 200, low=0, high=60_000)
RECTO_FETCH_PER_HOST = env.integer("RECTO_FETCH_PER_HOST", 2, low=1, high=16)
RECTO_FETCH_SECONDS = env.integer("RECTO_FETCH_SECONDS", 600, low=1, high=86_400)
RECTO_IIIF_MAX_MANIFESTS = env.integer("RECTO_IIIF_MAX_MANIFESTS", 2_000, low=1, high=100_000)

# ---- The institution, and the sites that may show the search box in a frame ---------
RECTO_INSTITUTION = institution.from_environment()
RECTO_EMBED_ORIGINS = institution.embed_origins()

# ---- Security -----------------------------------------------------------------------
DEBUG = env.flag("RECTO_DEBUG", False)
SECRET_KEY = env.secret("RECTO_SECRET_KEY", keep_in=RECTO_PROCESSED_DIR / "secret_key")
ALLOWED_HOSTS = env.words("RECTO_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Where the page is reached, for addresses in documents that leave the house (IIIF); else as it was asked for.
RECTO_PUBLIC_URL = env.text("RECTO_PUBLIC_URL", "") and env.url(
    "RECTO_PUBLIC_URL", "", schemes={"http", "https"}
)
CSRF_TRUSTED_ORIGINS = env.words("RECTO_TRUSTED_ORIGINS", [])
RECTO_HTTPS = env.flag("RECTO_HTTPS", False)
# For others than whoever sits at this machine: nothing unsafe is started then (core/deployment_checks.py).
RECTO_HOSTED = env.flag("RECTO_HOSTED", RECTO_HTTPS)
# The proxy sends visitors to HTTPS itself (W008). What other hosts of the domain do is not ours (W005, W021).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = RECTO_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if RECTO_HTTPS else 0
# nginx of the compose stack sets this header on every request, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if RECTO_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.api_errors.csrf_failure"

# ---- Django -------------------------------------------------------------------------
INSTALLED_APPS = [
    "accounts.admin_site.AdministratorsConfig",  # django.contrib.admin, for administrators
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "core",
    "catalog",
    "accounts",
    "indexing",
    "imports",
    "search",
    "duplicates",
    "backups",
]
MIDDLEWARE = [
    "core.request_log.RequestLogMiddleware",
    "core.inside_host.InsideHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.security_headers.SecurityHeadersMiddleware",
    "accounts.middleware.AddressMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "core.head_middleware.HeadMiddleware",
    "core.compression.CompressionMiddleware",
    "core.error_middleware.ErrorBodyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": env.database(
        "RECTO_DATABASE_URL",
        f"sqlite://{RECTO_PROCESSED_DIR / 'recto.sqlite3'}",
        password="RECTO_DATABASE_PASSWORD",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "UserAttributeSimilarityValidator": {},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
# The first is used; a password that is kept as another is kept anew when its user signs in.
PASSWORD_HASHERS = [
    "accounts.password_hashing.BoundedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTHENTICATION_BACKENDS = ["accounts.signing_in.LockingBackend"]
# So many failures of one name from one address, within the time that they are then locked for.
RECTO_SIGN_IN_FAILURES = env.integer("RECTO_SIGN_IN_FAILURES", 5, low=1, high=1000)
RECTO_SIGN_IN_LOCK_SECONDS = env.integer("RECTO_SIGN_IN_LOCK_SECONDS", 900, low=1, high=86_400)
# How many proxies of ours add to X-Forwarded-For before a request arrives here.
RECTO_PROXIES = env.integer("RECTO_PROXIES", 0, low=0, high=10)
# Where the processes of several machines count together how often somebody asks; else each counts for itself.
RECTO_CACHE_URL = env.text("RECTO_CACHE_URL", "") and env.url(
    "RECTO_CACHE_URL", "", schemes={"redis", "rediss", "unix"}
)
# Whether nginx of the compose stack stands in front: it sends the files of pictures, we say to whom.
RECTO_ACCEL = env.flag("RECTO_ACCEL", False)
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# ---- Files --------------------------------------------------------------------------
# A photograph to search with stays in memory and is dropped: it never reaches a disk.
FILE_UPLOAD_HANDLERS = ["core.uploads.BoundedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ROOT = RECTO_PAGE_DIR if RECTO_PAGE_DIR.is_dir() else None
# Vite writes a hash of the content into the name of everything below /assets/.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+$"

# ---- The API ------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["core.json_bodies.WholeJsonRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.json_bodies.BoundedJsonParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api_errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Recto",
    "SCHEMA_PATH_PREFIX_TRIM": False,
    "DESCRIPTION": "Find the catalogue record of a print from a photograph of it.",
    "VERSION": RECTO_VERSION,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "JobStateEnum": "core.models.Job.State",
        "ImportStateEnum": "imports.models.ImportRun.State",
        "ImportActionEnum": "imports.models.ImportRun.Action",
        "ChosenImportActionEnum": "imports.serializers.ACTIONS",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.openapi.add_error_responses",
    ],
}

# ---- Background work: the Job row is the truth, the broker only carries its id ------
RECTO_BROKER_DIR = RECTO_PROCESSED_DIR / "broker"
CELERY_BROKER_URL = env.url(
    "RECTO_BROKER_URL",
    "filesystem://localhost",
    schemes={"filesystem", "redis", "rediss", "redis+socket", "memory"},
)
CELERY_BROKER_TRANSPORT_OPTIONS = env.broker_options(CELERY_BROKER_URL, folder=RECTO_BROKER_DIR)
# A worker waits for its broker for as long as it is away, also when it starts.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
# Two queues with a worker each, so that what an import has loaded becomes searchable while it still runs. The
# kinds of job that are not named here are of the index.
RECTO_QUEUES = ("index", "imports")
RECTO_JOB_QUEUES = dict.fromkeys(
    [
        "check_import",
        "apply_import",
        "undo_import",
        "fetch_images",
        "harvest_iiif",
        "sweep_files",
        "purge_searches",
    ],
    "imports",
)
# Nobody asks for them, and only the last one that was done is remembered: it says when that was.
RECTO_ROUTINE_JOBS = ["purge_searches"]
CELERY_TASK_DEFAULT_QUEUE = "index"
CELERY_TASK_CREATE_MISSING_QUEUES = False
# Without an exchange a message goes to the queue that it names, and there is no table of bindings that two
# processes could write at once. (Celery puts the default in the place of an exchange without a name.)
CELERY_TASK_DEFAULT_EXCHANGE = ""
CELERY_TASK_QUEUES = [Queue(name, Exchange(""), routing_key=name) for name in RECTO_QUEUES]
CELERY_TASK_IGNORE_RESULT = True
# A message is acknowledged when it arrives: the Job row, not the broker, knows what is unfinished. A broker
# that delivers a long job again after its visibility timeout would only be in the way.
CELERY_TASK_ACKS_LATE = False
# 0: as many as there are. A solo worker takes one at a time all the same. With 1, a message whose
# acknowledgement went down with Redis counts as being worked on for ever: the worker asks for no other, and
# so does not even notice that it has to connect again.
CELERY_WORKER_PREFETCH_MULTIPLIER = 0
# One process that works on one job: what one machine needs, and nothing that holds threads is ever forked.
CELERY_WORKER_POOL = "solo"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Jobs are seen and cancelled in the database; nobody talks to a worker.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULER = "core.beat.SteadyScheduler"
RECTO_JOB_HEARTBEAT_SECONDS = 5
RECTO_JOB_LOST_AFTER_SECONDS = 60
RECTO_JOB_SWEEP_SECONDS = 15
RECTO_JOB_KEPT_DAYS = 30
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    # By either worker: one may be busy for an hour while jobs of the other are due.
    f"sweep jobs, {queue}": {
        "task": "core.sweep_jobs",
        "schedule": RECTO_JOB_SWEEP_SECONDS,
        # A worker that was busy for an hour need not sweep 240 times afterwards.
        "options": {"expires": RECTO_JOB_SWEEP_SECONDS, "queue": queue},
    }
    for queue in RECTO_QUEUES
}
CELERY_BEAT_SCHEDULE["prune jobs"] = {
    "task": "core.prune_jobs",
    "schedule": 3600,
    "options": {"expires": 3600, "queue": "imports"},
}

# ---- Log ----------------------------------------------------------------------------
RECTO_LOG_LEVEL = env.text("RECTO_LOG_LEVEL", "INFO").upper()
# A line for each request: what a log server wants, and nobody in a terminal.
RECTO_ACCESS_LOG = env.flag("RECTO_ACCESS_LOG", log_format.chosen_format() == "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": {"()": "core.log_format.formatter"}},
    "filters": {"routes": {"()": "core.log_privacy.RoutesForPaths"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["routes"]}},
    "root": {"handlers": ["console"], "level": RECTO_LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": RECTO_LOG_LEVEL, "propagate": False},
        # At INFO it tells of every instruction set that it tries.
        "faiss.loader": {"level": "WARNING"},
        "pyvips": {"level": "WARNING"},
    },
}
