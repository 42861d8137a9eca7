"""manage.py api_token: make, list and revoke tokens of the API."""

from argparse import ArgumentParser
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from quotes.models import ApiToken
from quotes.services.tokens import TokenError, make_token, revoke_token

_MOST_DAYS = 36_500


class Command(BaseCommand):
    help = "Make, list and revoke tokens, by which programs log in to the API as an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True, metavar="create|list|revoke")
        create = steps.add_parser("create", help="make a token; its secret is printed this once")
        create.add_argument("user", metavar="USER", help="the account that it acts for")
        create.add_argument("--name", default="made at the command line", help="what it is for")
        create.add_argument(
            "--scopes", default="read", help=f"of {', '.join(ApiToken.Scope.values)}; commas between (read)"
        )
        create.add_argument(
            "--expires", default="365", help="a day (2027-12-31, its last), a number of days (365), or never"
        )
        listed = steps.add_parser("list", help="all tokens, or those of an account")
        listed.add_argument("user", metavar="USER", nargs="?")
        revoke = steps.add_parser("revoke", help="tokens of an account open nothing any more")
        revoke.add_argument("user", metavar="USER")
        revoke.add_argument("prefixes", metavar="qt_...", nargs="*", help="how they begin, as `list` shows")
        revoke.add_argument("--all", action="store_true", help="all of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        {"create": self._create, "list": self._list, "revoke": self._revoke}[options["step"]](options)

    def _create(self, options: dict[str, Any]) -> None:
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        user, expires_at = _user(options["user"]), _end(options["expires"])
        try:
            token = make_token(user=user, name=options["name"], scopes=scopes, expires_at=expires_at)
        except TokenError as error:
            raise CommandError(f"{error}.") from error
        self.stdout.write(
            f"{token.secret}\nShown this once. For {user.get_username()}: {token.scopes}; {_until(token)}."
        )

    def _list(self, options: dict[str, Any]) -> None:
        tokens = ApiToken.objects.select_related("user").order_by("user__username", "pk")
        if options["user"]:
            tokens = tokens.filter(user=_user(options["user"]))
        for token in tokens:
            used = f"used {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
            self.stdout.write(
                f"{token.prefix}…  {token.user.get_username()}  {token.state_at(timezone.now())}  "
                f"{token.scopes.replace(' ', ',')}  {_until(token)}  {used}  {token.name}"
            )
        if not tokens:
            self.stdout.write("No token. Make one: manage.py api_token create USER")

    def _revoke(self, options: dict[str, Any]) -> None:
        tokens = ApiToken.objects.filter(user=_user(options["user"]))
        if not options["all"]:
            tokens = tokens.filter(prefix__in=[prefix.rstrip(".…") for prefix in options["prefixes"]])
        if not options["all"] and len(tokens) < max(1, len(options["prefixes"])):
            raise CommandError(
                f"{options['user']} has no such token: name them as `manage.py api_token list` shows them, "
                "or say --all. Nothing was revoked."
            )
        for token in tokens:
            done = "revoked" if revoke_token(token=token) else "was revoked already"
            self.stdout.write(f"{token}: {done}")


def _user(name: str) -> User:
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise CommandError(f"There is no account {name!r}: see /admin/auth/user/.") from error


def _end(given: str) -> datetime | None:
    """The moment from which a token opens nothing."""
    if given == "never":
        return None
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= _MOST_DAYS:
        return timezone.now() + timedelta(days=int(given))
    try:
        day = parse_date(given)
        if day is not None:
            return datetime.combine(day + timedelta(days=1), time.min, UTC)
    except (ValueError, OverflowError):
        pass
    raise CommandError(f"--expires {given}: give a day (2027-12-31), a number of days (365), or never.")


def _until(token: ApiToken) -> str:
    return f"expires {token.expires_at:%Y-%m-%d %H:%M}" if token.expires_at else "never expires"
