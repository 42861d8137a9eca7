"""manage.py find_copies: place articles that were read before copies were looked for."""

from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.models import Story
from quotes.services.stories import ask_for_placing, place_articles, waiting

_AT_ONCE = 100


class Command(BaseCommand):
    help = (
        "Look for copies among the articles that were read before copies were looked for. Needed once, after "
        "an update; new articles are placed when they are read. Interrupted, it goes on where it stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total, done = ask_for_placing(), 0
        steps = Steps(self.stderr, "articles")
        try:
            last = 0  # whoever else was sent for one has less to do
            while some := list(waiting().filter(pk__gt=last).values_list("pk", flat=True)[:_AT_ONCE]):
                place_articles(article_ids=some)
                done, last = done + len(some), some[-1]
                if options["verbosity"]:
                    steps.show(done, max(done, total))
        finally:
            steps.close()
        stories = counted(Story.objects.count(), "story").replace("storys", "stories")
        self.stdout.write(f"Looked at {counted(done, 'article')}: {stories} in several outlets.")
