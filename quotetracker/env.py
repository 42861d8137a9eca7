"""Settings out of the environment: read, checked, and refused with a hint."""

import os
import re
import secrets
from importlib.util import find_spec
from pathlib import Path

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
