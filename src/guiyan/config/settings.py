"""Settings of every process. What differs between installations comes from the environment:

GUIYAN_HOME      run-time state: database, files, keys, seals (default `.guiyan` beside the source)
GUIYAN_CITY      which city pack is in force; GUIYAN_CITIES: the folder of packs
GUIYAN_DB_ROLE   `app` serves and works (default), `owner` migrates
GUIYAN_CRYPTO    what encrypts fields: aes-gcm (default) or sm4-gcm
GUIYAN_DEMO      1: demo accounts, role switcher, a clock that can be moved
GUIYAN_HOSTS     host names, separated by commas; GUIYAN_HTTPS: 1 behind TLS
GUIYAN_PROXIES   how many proxies of our own stand before us (default 0): whose X-Forwarded-For is believed
GUIYAN_SMS_URL   where text messages are handed over (see `outreach.gateway`); empty: none are sent
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from guiyan.config.secret import secret_key
from guiyan.kernel import postgres

REPOSITORY = Path(__file__).resolve().parents[3]


def switched_on(name: str) -> bool:
    return os.environ.get(name, "") in ("1", "true", "yes", "on")


GUIYAN_HOME = Path(os.environ.get("GUIYAN_HOME") or REPOSITORY / ".guiyan").absolute()
GUIYAN_CITY = os.environ.get("GUIYAN_CITY") or "xianning"
GUIYAN_CITIES = Path(os.environ.get("GUIYAN_CITIES") or REPOSITORY / "cities")
GUIYAN_DEMO = switched_on("GUIYAN_DEMO")
GUIYAN_HTTPS = switched_on("GUIYAN_HTTPS")
GUIYAN_PROXIES = int(os.environ.get("GUIYAN_PROXIES") or 0)
GUIYAN_DB_ROLE = os.environ.get("GUIYAN_DB_ROLE") or "app"
GUIYAN_CRYPTO = os.environ.get("GUIYAN_CRYPTO") or "aes-gcm"
GUIYAN_SMS_URL = os.environ.get("GUIYAN_SMS_URL", "")

SECRET_KEY = secret_key(GUIYAN_HOME / "keys")
DEBUG = switched_on("GUIYAN_DEBUG")
ALLOWED_HOSTS = [host for host in os.environ.get("GUIYAN_HOSTS", "").split(",") if host] or [
    "127.0.0.1",
    "localhost",
    "[::1]",
]

# Highest layer first, as the layers are imported. A module that nothing uses yet is absent.
MODULES = (
    "portal",
    "desk",
    "api",
    "cli",
    "insights",
    "outreach",
    "exchange",
    "notices",
    "engagements",
    "cases",
    "lending",
    "ledger",
    "plans",
    "policies",
    "registers",
    "accounts",
    "kernel",
    "config",
)
INSTALLED_APPS = [
    *(f"guiyan.{module}" for module in MODULES if find_spec(f"guiyan.{module}")),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "template_partials",
    "procrastinate.contrib.django",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DSN = postgres.resolve(GUIYAN_HOME)
GUIYAN_APP_ROLE = DSN.app.user
DATABASES = {
    "default": {
        **DSN.django("owner" if GUIYAN_DB_ROLE == "owner" else "app"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guiyan.config.middleware.ContentSecurity",
    "guiyan.config.uploads.NoLargerThan",
    "guiyan.config.discreet.DiscreetAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guiyan.api.door.ApiDoor",
    "guiyan.config.middleware.ActingScope",
    "guiyan.desk.lists.opening.OpenDefaultView",
]
ROOT_URLCONF = "guiyan.config.urls"
WSGI_APPLICATION = "guiyan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "guiyan.config.ui.context.shell",
                "guiyan.config.context.acting",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

CSRF_FAILURE_VIEW = "guiyan.config.ui.errors.session_expired"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = GUIYAN_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = GUIYAN_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if GUIYAN_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "guiyan.config.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"guiyan": {"level": "INFO"}},
}
