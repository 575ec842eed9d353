"""Settings shared by every installation. What an operator may set comes from the environment."""

import os
from pathlib import Path

from .database import database

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("HOCVU_DATA", ROOT / "var")).resolve()
BUILD = ROOT / "build"

DEBUG = False
DEMO = False
SECRET_KEY = os.environ.get("HOCVU_SECRET_KEY", "")
ALLOWED_HOSTS = [h for h in os.environ.get("HOCVU_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h]
BASE_URL = os.environ.get("HOCVU_BASE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "hocvu.web",
    "hocvu.rehearsal",
    "hocvu.monitoring",
    "hocvu.evaluation",
    "hocvu.attestations",
    "hocvu.assessment",
    "hocvu.delivery",
    "hocvu.planning",
    "hocvu.enrolment",
    "hocvu.curriculum",
    "hocvu.campaigns",
    "hocvu.people",
    "hocvu.post",
    "hocvu.ledger",
    "hocvu.ui",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hocvu.rehearsal.middleware.ClockMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hocvu.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hocvu.people.middleware.ActorMiddleware",
    "hocvu.ui.middleware.AccessMiddleware",
    "hocvu.ui.middleware.StorageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
DATABASES = {"default": database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "hocvu.web.context.page_frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.l10n",
                "hocvu.ui.templatetags.hocvu",
            ],
        },
    }
]
FORM_RENDERER = "hocvu.ui.forms.Renderer"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "hocvu.people.hashers.Argon2id",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "web:home"

# A class of a hundred shares one network address: lock the pair, never the address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_CALLABLE = "hocvu.people.web.views.sign_in.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in stands in the ledger; no second, unbounded log of people
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "pin", "old", "again", "password"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["hocvu.ui.formats"]
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = BUILD / "collected"
STATICFILES_DIRS = [BUILD / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000
MEDIA_ROOT = VAR / "files"  # never served by address: pages hand files out after asking who may
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * 1024 * 1024
MOST_UPLOAD_BYTES = 10 * 1024 * 1024

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hocvu.web.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_BACKEND = os.environ.get("HOCVU_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("HOCVU_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("HOCVU_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("HOCVU_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HOCVU_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("HOCVU_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("HOCVU_MAIL_FROM", "hocvu@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Signing key of attestations: PKCS#12 by setting; the demo makes its own at set-up.
SIGNING_KEY_FILE = Path(os.environ.get("HOCVU_SIGNING_PKCS12", VAR / "keys" / "signer.p12"))
SIGNING_KEY_PASSWORD = os.environ.get("HOCVU_SIGNING_PASSWORD", "")
SIGNING_PKCS11_MODULE = os.environ.get("HOCVU_SIGNING_PKCS11_MODULE", "")
SIGNING_PKCS11_TOKEN = os.environ.get("HOCVU_SIGNING_PKCS11_TOKEN", "")
SIGNING_PKCS11_CERT = os.environ.get("HOCVU_SIGNING_PKCS11_CERT", "")
SIGNING_PKCS11_PIN = os.environ.get("HOCVU_SIGNING_PKCS11_PIN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HOCVU_LOG_LEVEL", "WARNING")},
}
