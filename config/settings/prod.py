"""A real installation behind HTTPS. Refuses to start without its own secret key; never a demo."""

from . import base
from .base import *  # noqa: F403

DEMO = False
_key_file = base.VAR / "keys" / "secret"
SECRET_KEY = base.SECRET_KEY or (_key_file.read_text().strip() if _key_file.exists() else "")
if len(SECRET_KEY) < 40:
    raise SystemExit("HOCVU_SECRET_KEY is missing or short: run ./run serve once, or set 50 random characters.")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
