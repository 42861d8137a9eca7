"""Settings out of the environment: read, checked, and refused with a hint."""

import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def _refuse(name: str, value: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r} is not {wanted}. See docs/operations.md, Settings.")


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise _refuse(name, value, "1 or 0")


def whole(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise _refuse(name, value, f"a whole number from {least} to {most}")
    return int(value)


def fraction(name: str, default: float) -> float:
    value = os.environ.get(name, str(default))
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise _refuse(name, value, "a number from 0 to 1")
    return number


def one_of(name: str, default: str, values: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in values:
        raise _refuse(name, value, " or ".join(values))
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; white space around the commas is ignored."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def broker(name: str) -> str:
    """The address of a message broker; "" for none."""
    value = os.environ.get(name, "")
    if value and not value.startswith(("redis://", "rediss://", "amqp://", "amqps://")):
        shown = value.partition("://")[0]
        raise _refuse(name, shown, "redis://HOST:6379/0 or amqp://USER:PASSWORD@HOST:5672//")
    return value


def rate(name: str, default: str) -> tuple[int, int] | None:
    """So many requests in so many seconds, written as `60/minute`; None for "", which is no limit."""
    value = os.environ.get(name, default)
    if not value:
        return None
    number, _, unit = value.partition("/")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number) or unit not in _SECONDS:
        raise _refuse(name, value, f"a number a time, as in 60/minute ({', '.join(_SECONDS)}), or empty")
    return int(number), _SECONDS[unit]


def cache(name: str) -> str:
    """The address of a Redis that all processes share; "" for none."""
    value = os.environ.get(name, "")
    if value and not value.startswith(("redis://", "rediss://")):
        raise _refuse(name, value.partition("://")[0], "redis://HOST:6379/1")
    return value


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes: to a server, or, without a `host`, into a `folder`, "" for the usual one."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    folder: str = ""


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str) -> Mail:
    """A mail server by its address, or a folder. A refusal does not show the address: it has a password."""
    value = os.environ.get(name, "")
    wanted = "smtp+tls://USER:PASSWORD@HOST:587, smtps://…, smtp://HOST:25 or file:///FOLDER"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise _refuse(name, "…", wanted) from None
    if not value:
        return Mail()
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        return Mail(folder=unquote(parts.path))
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise _refuse(name, f"{parts.scheme}://…", wanted)
    return Mail(
        host=parts.hostname,
        port=port or _MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp+tls",
        is_tls=parts.scheme == "smtps",
    )


def sender(name: str, default: str) -> str:
    """A mail address, with or without a name: `Quotes <alerts@quotes.example>`."""
    value = os.environ.get(name, default)
    _, address = parseaddr(value)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or "\n" in value or "\r" in value:
        raise _refuse(name, value, "a mail address, as in Quotes <alerts@quotes.example>")
    return value


def required(*names: str, because: str) -> None:
    """Refuse to start while one of these is not set."""
    if missing := [name for name in names if not os.environ.get(name)]:
        raise ImproperlyConfigured(
            f"{' and '.join(missing)}: to be set, since {because}. See docs/operations.md."
        )


def origins(name: str) -> list[str]:
    """Sites by scheme and host, as a browser names them; `*` alone for all."""
    given = words(name)
    for one in given:
        if given != ["*"] and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", one):
            raise _refuse(name, one, "https://quotes.example, with no path, or * alone")
    return given


def site(name: str) -> str:
    """Where a site is, by scheme and host; "" for wherever it is asked."""
    value = os.environ.get(name, "").rstrip("/")
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", value):
        raise _refuse(name, value, "https://quotes.example, with no path")
    return value


def address(name: str) -> str:
    """The address of a service of others; "" for none."""
    value = os.environ.get(name, "")
    if value and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", value):
        raise _refuse(name, value, "https://hub.example/, with no password in it")
    return value


def prefix(name: str) -> str:
    """What names in a shared place begin with; "" for none."""
    value = os.environ.get(name, "")
    if not re.fullmatch(r"[A-Za-z0-9._-]{0,100}", value):
        raise _refuse(name, value, "letters, digits, dots, hyphens and underscores")
    return value


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, else one kept in `data_dir`, made at the first start and readable by its owner alone.

    On a disk that cannot be written the key lives as long as the process: commands work, logins do not last.
    """
    given = os.environ.get("SECRET_KEY")
    if given is not None:
        if len(given) < 32:
            raise ImproperlyConfigured(
                "SECRET_KEY is shorter than 32 characters. Make one with: "
                "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        return given
    path = data_dir / "secret-key"
    made = secrets.token_urlsafe(50)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(made)
        try:
            # Linking fails when another process was first, and never shows a half-written key.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text()
    except OSError:
        return made


def spacy_pipeline(name: str) -> None:
    """Check that a spaCy pipeline is there, by package name or folder, without loading it."""
    value = os.environ.get(name, "")
    if value and not (Path(value) / "config.cfg").is_file() and find_spec(value.partition("/")[0]) is None:
        raise _refuse(name, value, "an installed spaCy pipeline or the folder of one")
