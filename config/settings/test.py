"""For the tests: everything in memory or in a temporary folder, quick hashes, no network."""

import os
import tempfile
from pathlib import Path

from . import base
from .base import *  # noqa: F403
from .database import database

VAR = Path(tempfile.mkdtemp(prefix="hocvu-test-"))
SECRET_KEY = "test-only-" + "x" * 50
DEMO = False
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(VAR)}
if os.environ.get("DATABASE_URL", "").startswith("postgres"):
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool outlives the test database it points to
MEDIA_ROOT = VAR / "files"
EMAIL_FILE_PATH = VAR / "mail"
SIGNING_KEY_FILE = VAR / "keys" / "signer.p12"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # do not list the static files for every test client
STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
