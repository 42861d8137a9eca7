"""Django settings: one file, driven by the environment. docs/operations.md lists every variable."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from quotetracker import env

# Lets classes such as ModelAdmin[Quote] say in their bases which record they are about.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("QUOTETRACKER_DATA_DIR", BASE_DIR / "var"))

DEBUG = env.flag("QUOTETRACKER_DEBUG", default=False)
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("QUOTETRACKER_CSRF_TRUSTED_ORIGINS")
for origin in CSRF_TRUSTED_ORIGINS:
    if not origin.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"QUOTETRACKER_CSRF_TRUSTED_ORIGINS: {origin!r} needs its scheme: https://{origin}"
        )
BEHIND_PROXY = env.flag("QUOTETRACKER_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# What the world sees
PUBLISH_THRESHOLD = env.fraction("QUOTETRACKER_PUBLISH_THRESHOLD", 0.8)
# Where the site is, for addresses that outlive a request; what is told when feeds change
SITE_URL = env.site("QUOTETRACKER_SITE_URL")
WEBSUB_HUB = env.address("QUOTETRACKER_WEBSUB_HUB")
if WEBSUB_HUB and not SITE_URL:
    raise ImproperlyConfigured(
        "QUOTETRACKER_WEBSUB_HUB needs QUOTETRACKER_SITE_URL: a hub is told the addresses of feeds"
    )
# How long the database may work on what a reader asks for
SEARCH_TIMEOUT_SECONDS = env.whole("QUOTETRACKER_SEARCH_TIMEOUT", 5, least=1, most=600)

# Rows of a list as CSV or JSON lines, for whoever is not logged in or gives a limit
DOWNLOAD_ROWS = env.whole("QUOTETRACKER_DOWNLOAD_ROWS", 10_000, least=1, most=50_000)

# What reads: quotes.extraction takes it from the environment itself, as it knows no Django
env.spacy_pipeline("QUOTETRACKER_SPACY_MODEL")
EXTRACT_CHARACTERS = env.whole("QUOTETRACKER_EXTRACT_CHARACTERS", 100_000, least=100, most=1_000_000)
TRANSCRIPTS = env.flag("QUOTETRACKER_TRANSCRIPTS", default=True)

# What is taken in
MAX_ARTICLE_BYTES = env.whole("QUOTETRACKER_MAX_ARTICLE_BYTES", 5_000_000, least=1_000, most=100_000_000)
# What is sent by POST: an article as JSON, with its escapes; the API takes less where it needs less.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(2_500_000, 2 * MAX_ARTICLE_BYTES)
FETCH_TIMEOUT_SECONDS = env.whole("QUOTETRACKER_FETCH_TIMEOUT", 20, least=1, most=600)
FETCH_ALLOWED_PRIVATE_HOSTS = env.words("QUOTETRACKER_FETCH_ALLOWED_PRIVATE_HOSTS")
USER_AGENT = os.environ.get("QUOTETRACKER_USER_AGENT", "quotetracker/0.1 (+https://quotetracker.example/bot)")
HOST_DELAY_SECONDS = env.whole("QUOTETRACKER_HOST_DELAY", 2, least=0, most=600)

# The work queue: with no broker tasks run in the process that sends them
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_IGNORE_RESULT = True
# Several installations may share a broker.
QUEUE_PREFIX = env.prefix("QUOTETRACKER_QUEUE_PREFIX")
EXTRACT_QUEUE, FETCH_QUEUE = f"{QUEUE_PREFIX}extract", f"{QUEUE_PREFIX}fetch"
CELERY_TASK_ROUTES = {
    "quotes.tasks.read_articles": {"queue": EXTRACT_QUEUE},
    "quotes.tasks.place_articles": {"queue": EXTRACT_QUEUE},
    "quotes.tasks.*": {"queue": FETCH_QUEUE},
}
# A message is done with when its task is: what a killed worker had goes to another one.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
# A broker that is down holds nobody up: the database remembers what is to be sent.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "socket_timeout": 30, "socket_connect_timeout": 5}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)
CELERY_BEAT_SCHEDULE = {
    "visit hosts": {"task": "quotes.tasks.visit_hosts", "schedule": 5.0, "options": {"expires": 30}},
    "sweep": {"task": "quotes.tasks.sweep", "schedule": 10.0, "options": {"expires": 60}},
    "tell hub": {"task": "quotes.tasks.tell_hub", "schedule": 10.0, "options": {"expires": 60}},
    "alerts": {"task": "quotes.tasks.send_alerts", "schedule": 5.0, "options": {"expires": 30}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# What a worker took and did not finish by then is free again; what was sent and not read is sent again.
LEASE_SECONDS = env.whole("QUOTETRACKER_LEASE_SECONDS", 300, least=1, most=86_400)
RESEND_SECONDS = env.whole("QUOTETRACKER_RESEND_SECONDS", 600, least=1, most=86_400)

# What links in mail and in webhooks begin with
SITE_IN_MAIL = SITE_URL or "http://localhost:8000"

# Mail: to a server, or into a folder where none is told (docs/operations.md)
MAIL = env.mail("QUOTETRACKER_EMAIL_URL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if MAIL.host else "quotes.mailbox.FolderBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starts_tls, MAIL.is_tls
EMAIL_TIMEOUT = 15
MAIL_FOLDER = Path(MAIL.folder or DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.sender("QUOTETRACKER_EMAIL_FROM", f"quotetracker@{urlsplit(SITE_IN_MAIL).hostname}")
if MAIL.host:
    env.required("QUOTETRACKER_EMAIL_FROM", "QUOTETRACKER_SITE_URL", because="mail is sent by a server")

# Alerts: when digests go out, and who may be told by webhook
DIGEST_HOUR = env.whole("QUOTETRACKER_DIGEST_HOUR", 6, least=0, most=23)
WEBHOOK_TIMEOUT_SECONDS = env.whole("QUOTETRACKER_WEBHOOK_TIMEOUT", 10, least=1, most=60)
# For development: may be asked by http, and be on no public address
WEBHOOK_INSECURE_HOSTS = env.words("QUOTETRACKER_WEBHOOK_INSECURE_HOSTS")

# Who may read /metrics: nobody without a token
METRICS_TOKEN = os.environ.get("QUOTETRACKER_METRICS_TOKEN", "")

# The API: who may read without a login, how much, and from which sites' pages
ANONYMOUS_READING = env.flag("QUOTETRACKER_ANONYMOUS_READING", default=True)
RATES = {
    "anonymous": env.rate("QUOTETRACKER_RATE_ANONYMOUS", "300/minute"),
    "account": env.rate("QUOTETRACKER_RATE_ACCOUNT", "3000/minute"),
    "search": env.rate("QUOTETRACKER_RATE_SEARCH", "60/minute"),
    "writing": env.rate("QUOTETRACKER_RATE_WRITING", "300/minute"),
    "login": env.rate("QUOTETRACKER_RATE_LOGIN", "20/minute"),
    # What readers report: of an address, and about a quote
    "reports": env.rate("QUOTETRACKER_RATE_REPORTS", "10/hour"),
    "reports-of-a-quote": env.rate("QUOTETRACKER_RATE_REPORTS_OF_A_QUOTE", "30/day"),
    "alerts": env.rate("QUOTETRACKER_RATE_ALERTS", "20/hour"),
}
CORS_ALLOWED_ORIGINS = env.origins("QUOTETRACKER_CORS_ORIGINS")
CORS_ALLOW_ALL_ORIGINS = CORS_ALLOWED_ORIGINS == ["*"]
if CORS_ALLOW_ALL_ORIGINS:
    CORS_ALLOWED_ORIGINS = []
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
CORS_ALLOW_HEADERS = (
    "accept", "authorization", "content-type", "idempotency-key", "if-match", "if-modified-since",
    "if-none-match",
)  # fmt: skip
CORS_EXPOSE_HEADERS = (
    "Content-Disposition", "Content-Location", "Deprecation", "ETag", "Last-Modified", "Link", "Location",
    "RateLimit", "RateLimit-Policy", "Request-Id", "Retry-After", "Sunset",
)  # fmt: skip

# What is counted for a while: in the memory of each process, unless they share a Redis
CACHE_URL = env.cache("QUOTETRACKER_CACHE_URL")
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": f"{QUEUE_PREFIX}quotetracker",
        # One that does not answer holds nobody up for long.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "quotes",
]
MIDDLEWARE = [
    "quotetracker.headers.SecurityHeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    # Outside of all that may refuse a request: what is below /api/ is refused by a problem document.
    "api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "quotetracker.urls"
WSGI_APPLICATION = "quotetracker.wsgi.application"
ASGI_APPLICATION = "quotetracker.asgi.application"
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


def database() -> dict[str, Any]:
    """DATABASE_URL as Django wants it: SQLite in WAL mode unless it names a PostgreSQL."""
    url = os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'quotetracker.sqlite3'}")
    scheme = urlsplit(url).scheme
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {scheme!r}: give sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST:5432/NAME (docs/operations.md)"
        )
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if scheme == "sqlite":
        # IMMEDIATE: a transaction that will write queues for the lock at once, instead of failing half-way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # WAL: readers and one writer do not wait for each other.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
        }
        # The tests' database is a file too: one in memory is no database to another process.
        config["TEST"] = {"NAME": f"{config['NAME']}.tests"}
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are found where they lie, so that no collect step stands between a clone and a page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "api.browsing.PageRenderer",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.MayRead"],
    # The first names the ways to log in to whoever gets a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenLogin",
        "api.authentication.BasicLogin",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["api.parsing.SoundJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.Negotiation",
    "DEFAULT_FILTER_BACKENDS": ["api.filters.StrictFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.Throttle"],
    # `format` is read by api.negotiation: what Django REST Framework reads, it hands on into every link.
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.errors.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "quotetracker",
    "DESCRIPTION": "Who said what, where, and how we know: direct quotes, their speakers and their sources.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "AUTHENTICATION_WHITELIST": [],
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "A token of this site, qt_…"},
            "basic": {"type": "http", "scheme": "basic"},
        }
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "QuoteKind": "quotes.models.Quote.Kind",
        "SpeakerKind": "quotes.models.Speaker.Kind",
        "ReviewStatus": "quotes.models.Quote.Status",
        "ArticleStatus": "quotes.models.Article.Status",
        "By": "quotes.models.By",
        "WebhookState": "quotes.models.Webhook.State",
        "DeliveryState": "quotes.models.Delivery.State",
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
# Everything is our own and in files: no page has a script or a style within it.
CSP = env.one_of("QUOTETRACKER_CSP", "enforce", ("enforce", "report", "off"))
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # icons in stylesheets
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip
if env.flag("QUOTETRACKER_HTTPS_ONLY", default=False):
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    CONTENT_SECURITY_POLICY["upgrade-insecure-requests"] = ""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "quotetracker.logs.LineFormatter"},
        "json": {"()": "quotetracker.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.one_of("QUOTETRACKER_LOG_FORMAT", "line", ("line", "json")),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Not Django's line for every 4xx: the answer tells the one who asked.
    "loggers": {
        "quotes": {"level": "INFO"},
        "trafilatura": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
    },
}
