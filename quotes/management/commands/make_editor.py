"""manage.py make_editor: an account for somebody who works on the record, with a role."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.services.roles import Role, RoleError, make_account


class Command(BaseCommand):
    help = "Make an account with a role, or give an account another role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the account")
        parser.add_argument(
            "--role", choices=Role.values, default=Role.REVIEWER.value, help="what it may do (reviewer)"
        )
        parser.add_argument(
            "--password",
            choices=("made-up", "ask", "stdin"),
            default="made-up",
            help="made up and printed once (a known account keeps its own), asked for, or the first line "
            "of standard input",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = make_account(
                name=options["name"], role=Role(options["role"]), password=_password(options["password"])
            )
        except RoleError as error:
            raise CommandError(f"{str(error).rstrip('.')}.") from error
        done = "made" if account.is_new else "there already, and has this role now"
        self.stdout.write(f"Account {account.user.get_username()}, {account.role.value}: {done}.")
        if account.password:
            self.stdout.write(f"Password {account.password} (shown this once).")


def _password(how: str) -> str:
    if how == "made-up":
        return ""
    given = getpass.getpass() if how == "ask" else sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise CommandError("No password was given.")
    return given
