"""One settings file. It starts with no configuration at all: SQLite and a secret made on the first start, both under
``var/``.

Environment: DATABASE_URL, DATA_DIR, SECRET_KEY or SECRET_KEY_FILE, OLD_SECRET_KEY, ALLOWED_HOSTS, SITE_URL,
BEHIND_PROXY, EMAIL_HOST (and EMAIL_PORT, EMAIL_USER, EMAIL_PASSWORD_FILE, EMAIL_TLS), DEFAULT_FROM_EMAIL,
PASSWORD_LENGTH, RESET_LINK_HOURS, INVITATION_DAYS, JOB_LEASE_SECONDS, READING_SECONDS, READING_MEGABYTES,
PAGES_MEGABYTES, UPLOADS_A_DAY, UPLOAD_MEGABYTES_A_DAY, FETCH_PRIVATE_HOSTS, FETCH_PORTS, LOG_LEVEL, DEBUG.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def _secret(name: str) -> str | None:
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name)


ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)  # sessions and letters stand in it: for its owner alone
FILES_DIR = DATA_DIR / "files"


def _own_secret_key() -> str:
    """A secret made once and kept beside the data, so that a first start needs no configuration."""
    path = DATA_DIR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


DEBUG = _flag("DEBUG")
SECRET_KEY = _secret("SECRET_KEY") or _own_secret_key()
SECRET_KEY_FALLBACKS = [old for old in [_secret("OLD_SECRET_KEY")] if old]  # after the key was changed
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
_SITE = urlsplit(SITE_URL)
_HTTPS = _SITE.scheme == "https"
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
if _SITE.hostname and not {_SITE.hostname, "*"} & set(ALLOWED_HOSTS):
    ALLOWED_HOSTS.append(_SITE.hostname)
CSRF_TRUSTED_ORIGINS = [f"https://{_SITE.netloc}"] if _HTTPS else []

INSTALLED_APPS = [
    "nhipcau.core",
    "nhipcau.organisations",
    "nhipcau.documents",
    "nhipcau.plans",
    "nhipcau.followup",
    "nhipcau.reporting",
    "nhipcau.home",
    "nhipcau.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "nhipcau.core.middleware.ReadToTheEndMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "nhipcau.core.middleware.NothingElseMiddleware",
    "csp.middleware.CSPMiddleware",  # before the static files: an SVG that is opened by itself runs nothing either
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nhipcau.core.middleware.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nhipcau.core.middleware.PlainSignsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nhipcau.core.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhipcau.organisations.middleware.ActorMiddleware",
]

ROOT_URLCONF = "nhipcau.urls"
WSGI_APPLICATION = "nhipcau.wsgi.application"
ASGI_APPLICATION = "nhipcau.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nhipcau.core.context.house",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'nhipcau.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-32000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Of the 300 that Django keeps unless told otherwise a stranger soon drives out whatever is counted here.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# How long a job stays with a worker that gives no sign of life.
JOB_LEASE = dt.timedelta(seconds=int(os.environ.get("JOB_LEASE_SECONDS", "60")))

# Uploads go to disk while they arrive; the room that takes them says how large they may be.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "nhipcau.core.files.LimitedUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = str(FILES_DIR / "incoming")
(FILES_DIR / "incoming").mkdir(parents=True, exist_ok=True)
UPLOAD_LIMIT = 50_000_000
UPLOADS_A_DAY = int(os.environ.get("UPLOADS_A_DAY", "200"))  # of one person, in 24 hours: files
UPLOAD_BYTES_A_DAY = int(os.environ.get("UPLOAD_MEGABYTES_A_DAY", "1000")) * 1_000_000

# What one file may take while it is read. With text the longest plan allowed (1,000 pages) takes under a minute; the
# longest scan (300 pages) about a quarter of an hour on two cores.
READING_SECONDS = int(os.environ.get("READING_SECONDS", "1800"))
READING_MEGABYTES = int(os.environ.get("READING_MEGABYTES", "1024"))
# Pictures of pages that are kept so that they need not be drawn again.
PAGES_BYTES = int(os.environ.get("PAGES_MEGABYTES", "500")) * 1_000_000

# --- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_LENGTH = max(8, int(os.environ.get("PASSWORD_LENGTH", "10")))  # see core.passwords
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "nhipcau.core.passwords.NotOnesName"},
    {"NAME": "nhipcau.core.passwords.LongEnough", "OPTIONS": {"min_length": PASSWORD_LENGTH}},
    {"NAME": "nhipcau.core.passwords.NotEverybodys"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "nhipcau.core.accounts.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "nhipcau.core.links.LinkTokens"  # noqa: S105 no secret
# How long the link of a letter opens an account: one that has a password, and one that was invited and has none yet.
PASSWORD_RESET_TIMEOUT = int(os.environ.get("RESET_LINK_HOURS", "2")) * 60 * 60
INVITATION_TIMEOUT = int(os.environ.get("INVITATION_DAYS", "7")) * 24 * 60 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "100/m/ip",  # a whole office comes from one address in the morning; wrong passwords: core.guessing
    "login_failed": "5/15m/key,30/15m/ip",  # codes of the second factor, after the right password
    "reset_password": "20/m/ip,5/15m/key",  # letters to one address
    "change_password": "10/15m/user",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger cannot make us write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {
    "login": "nhipcau.core.account_forms.LoginForm",
    "reset_password": "nhipcau.core.account_forms.ResetPasswordForm",
    "reset_password_from_key": "nhipcau.core.account_forms.ResetPasswordKeyForm",
    "change_password": "nhipcau.core.account_forms.ChangePasswordForm",
    "reauthenticate": "nhipcau.core.account_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "nhipcau.core.account_forms.AuthenticateForm",
    "reauthenticate": "nhipcau.core.account_forms.MFAReauthenticateForm",
    "activate_totp": "nhipcau.core.account_forms.ActivateTOTPForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("BEHIND_PROXY") else 0  # whose word for the client's address counts
MFA_ADAPTER = "nhipcau.core.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Nhịp Cầu"
SESSION_ENGINE = "nhipcau.core.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
if _HTTPS:  # no neighbour under the same domain, and nobody without TLS, can lay these cookies in our name
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nhipcau.core.problems.csrf_failed"

# --- mail: SMTP where a host is given, else files under var/mail that an administrator can read -----------------------

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = _secret("EMAIL_PASSWORD") or ""
EMAIL_USE_TLS = _flag("EMAIL_TLS", True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends." + ("smtp" if EMAIL_HOST else "filebased") + ".EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Nhịp Cầu <nhipcau@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- other servers (core.fetching) -----------------------------------------------------------------------------------

# Hosts inside our own walls that may be asked all the same: "may-chu.noi-bo" or "10.1.2.3:8080".
FETCH_PRIVATE_HOSTS = [host for host in os.environ.get("FETCH_PRIVATE_HOSTS", "").split(",") if host]
FETCH_PORTS = frozenset(
    port
    for part in os.environ.get("FETCH_PORTS", "80,443,8000-8999").split(",")
    for first, _dash, last in [part.partition("-")]
    for port in range(int(first), int(last or first) + 1)
)

# --- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["nhipcau.core.formats"]

# --- pages and their safety ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = FILES_DIR  # files are served only by core.files, which asks for the right to read them
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "upgrade-insecure-requests": _HTTPS,
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]  # a monitor beside the server asks without TLS
SECURE_HSTS_SECONDS = 31536000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is for the owner of the whole domain to decide
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # That a person mistyped or came without a right is no news for the operator.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security.csrf": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
