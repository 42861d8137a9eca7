"""manage.py local_admin: an account to look around with on one's own machine."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make an admin account with a generated password, printed once; does nothing when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            self.stdout.write(
                "There is an admin account already; a new password: manage.py changepassword NAME"
            )
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(username="admin", password=password)
        self.stdout.write(f"Admin account made: user admin, password {password} (shown this once)")
