"""manage.py send_alerts: tell subscribers, by mail and webhook, what there is to tell."""

from typing import Any

from django.core.management.base import BaseCommand

from quotes.tasks import send_alerts


class Command(BaseCommand):
    help = (
        "Tell subscribers what there is to tell them now, and end: for whoever runs neither follow nor beat. "
        "Without a broker it does all the work itself; with one it sends workers, as beat does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        send_alerts()
