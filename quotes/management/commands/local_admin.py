"""manage.py local_admin: an account to look around with on one's own machine."""

import secrets
from itertools import chain, count
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make an admin account with a generated password, printed once; does nothing when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        if there := users.filter(is_superuser=True).order_by("pk").first():
            name = there.get_username()
            self.stdout.write(
                f"Admin account: user {name}, made already. Another password: "
                f".venv/bin/python manage.py changepassword {name}"
            )
            return
        names = chain(["admin"], (f"admin{number}" for number in count(2)))
        name = next(name for name in names if not users.filter(username=name).exists())
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=name, password=password)
        self.stdout.write(f"Admin account made: user {name}, password {password} (shown this once)")
