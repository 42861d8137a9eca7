"""manage.py find_copies: place articles that were read before copies were looked for."""

from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.models import Story
from quotes.services.stories import ask_for_placing, place_articles, to_place

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
            while some := to_place(limit=_AT_ONCE):
                place_articles(article_ids=some)
                done += len(some)
                if options["verbosity"]:
                    steps.show(done, max(done, total))
        finally:
            steps.close()
        stories = counted(Story.objects.count(), "story").replace("storys", "stories")
        self.stdout.write(f"Looked at {counted(done, 'article')}: {stories} in several outlets.")
