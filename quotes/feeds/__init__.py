"""What was said, to be subscribed to.

`holding` reads what stands in a feed, `content` says it, `formats` are how it can be written, `sending`
answers with it; `topics` are the feeds that pages name, `naming` how they name them, `opml` lists of feeds.
"""

from quotes.feeds.formats import FORMATS, Format
from quotes.feeds.holding import Selection
from quotes.feeds.naming import FeedLink, feed_links
from quotes.feeds.sending import feed_answer, site_of
from quotes.feeds.topics import article_feed, source_feed, speaker_feed

__all__ = [
    "FORMATS",
    "FeedLink",
    "Format",
    "Selection",
    "article_feed",
    "feed_answer",
    "feed_links",
    "site_of",
    "source_feed",
    "speaker_feed",
]
