"""manage.py group_quotes: group the quotes that were stored before the same words were looked for."""

from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.models import Quote, SameWords
from quotes.services.same_words import ask_to_group_missing, group_waiting


class Command(BaseCommand):
    help = (
        "Group the quotes of the same words that were stored before these were looked for. Needed once, "
        "after an update; new quotes are grouped when they are read. Interrupted, it is begun again: what is "
        "grouped already is passed over."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total, done, last = Quote.objects.count(), 0, 0
        steps = Steps(self.stderr, "quotes")
        try:
            while True:
                last, some = ask_to_group_missing(after=last)
                if not some:
                    break
                while group_waiting():
                    pass
                done += some
                if options["verbosity"]:
                    steps.show(done, max(done, total))
        finally:
            steps.close()
        groups = counted(SameWords.objects.count(), "group")
        self.stdout.write(f"Looked at {counted(done, 'quote')}: {groups} of the same words.")
