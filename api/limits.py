"""How long a question may keep the database busy."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from rest_framework.exceptions import APIException

from quotes.timeouts import TookTooLongError, time_limit


class TookTooLong(APIException):
    """An answer that would have cost too much; asked again in a while, or narrower, it may come."""

    status_code = 503
    wait = 30  # seconds: DRF makes Retry-After of it

    def __init__(self) -> None:
        super().__init__(
            f"This takes longer than the {settings.SEARCH_TIMEOUT_SECONDS} seconds that it may. Narrow it "
            "down: by published_from and published_to, by speaker or source, by rarer or more words in q, "
            "without facets."
        )


class StillNumbered(APIException):
    """So much was changed at once that not all of it has its place yet; each request gives more of it one."""

    status_code = 503
    default_detail = "So much has changed that it is still being put in order: ask again."
    wait = 1  # seconds


@contextmanager
def bounded() -> Iterator[None]:
    """Raises TookTooLong when the database works longer than QUOTETRACKER_SEARCH_TIMEOUT."""
    try:
        with time_limit(settings.SEARCH_TIMEOUT_SECONDS):
            yield
    except TookTooLongError as error:
        raise TookTooLong from error
