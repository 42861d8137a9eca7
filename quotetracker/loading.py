"""What a server does before its first answer."""

import gc

from django.urls import get_resolver


def load_all() -> None:
    """Load the views, and tell the garbage collector that what there is now will stay.

    Else it goes through all of it every dozen answers, a tenth of a second each time; and processes that are
    forked from this one share more of its memory.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
