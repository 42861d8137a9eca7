"""Settings out of the environment: a value that makes no sense stops the start and says so."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from quotetracker import env

NAME = "QUOTETRACKER_OF_A_TEST"


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        ("60/minute", (60, 60)),
        ("1/second", (1, 1)),
        ("5/hour", (5, 3600)),
        ("9/day", (9, 86_400)),
        ("", None),
    ],
)
def test_a_rate_is_a_number_a_time_and_empty_is_none(
    monkeypatch: pytest.MonkeyPatch, value: str, rate: tuple[int, int] | None
) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.rate(NAME, "7/day") == rate
    monkeypatch.delenv(NAME)
    assert env.rate(NAME, "7/day") == (7, 86_400)


@pytest.mark.parametrize(
    "value", ["60", "60/min", "0/minute", "-1/day", "/day", "x/day", "1.5/day", "60/minute ", "٣/day"]
)
def test_a_rate_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match="60/minute"):
        env.rate(NAME, "")


@pytest.mark.parametrize(
    "value", ["https://app.example", "http://localhost:3000, https://[::1]:8000", "*", ""]
)
def test_sites_are_named_by_scheme_and_host(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.origins(NAME) == [one.strip() for one in value.split(",") if one]


@pytest.mark.parametrize(
    "value", ["app.example", "https://app.example/", "https://a.example/x", "null", "*, https://a.example"]
)
def test_a_site_with_a_path_or_without_a_scheme_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match="with no path"):
        env.origins(NAME)


def test_a_cache_is_a_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("redis://127.0.0.1:6379/1", "rediss://:word@cache.example", ""):
        monkeypatch.setenv(NAME, value)
        assert env.cache(NAME) == value
    monkeypatch.setenv(NAME, "memcached://:word@127.0.0.1")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.cache(NAME)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "mail"),
    [
        ("", env.Mail()),
        ("smtp://localhost", env.Mail("localhost", 25)),
        (
            "smtp+tls://alerts:p%40ss@mail.example",
            env.Mail("mail.example", 587, "alerts", "p@ss", starts_tls=True),
        ),
        ("smtps://mail.example:4465", env.Mail("mail.example", 4465, is_tls=True)),
        ("file:///srv/mail", env.Mail(folder="/srv/mail")),
    ],
)
def test_mail_goes_to_a_server_or_a_folder(
    monkeypatch: pytest.MonkeyPatch, value: str, mail: env.Mail
) -> None:
    monkeypatch.setenv(NAME, value)
    assert env.mail(NAME) == mail


@pytest.mark.parametrize(
    "value",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://u:hush@h:x",
        "smtp://u:hush@h/x",
        "file://srv/mail",
    ],
)
def test_a_mail_server_that_is_none_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match="smtps") as refused:
        env.mail(NAME)
    assert "hush" not in str(refused.value)


def test_a_sender_and_a_site_are_what_they_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "Quotes <alerts@quotes.example>")
    assert env.sender(NAME, "") == "Quotes <alerts@quotes.example>"
    for value in ("nobody", "a@b.example\nBcc: c@d.example", ""):
        monkeypatch.setenv(NAME, value)
        with pytest.raises(ImproperlyConfigured, match="mail address"):
            env.sender(NAME, "")
    monkeypatch.setenv(NAME, "https://quotes.example/")
    assert env.site(NAME) == "https://quotes.example"
    for value in ("quotes.example", "https://quotes.example/path", "ftp://quotes.example"):
        monkeypatch.setenv(NAME, value)
        with pytest.raises(ImproperlyConfigured, match="no path"):
            env.site(NAME)
    monkeypatch.delenv(NAME)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}: to be set, since it is a test"):
        env.required(NAME, because="it is a test")
