"""Feeds as JSON Feed 1.1."""

import json
from typing import Any

from django.utils.feedgenerator import rfc3339_date

from quotes.feeds.content import Feed


def json_feed(feed: Feed) -> str:
    items = [
        {
            "id": entry.urn,
            "url": entry.record,
            "external_url": entry.link,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "date_published": rfc3339_date(entry.published),
            "date_modified": rfc3339_date(entry.updated),
            "authors": [{"name": entry.author}],
        }
        for entry in feed.entries
    ]
    written: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.topic.title,
        "description": feed.topic.about,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": "en",
    }
    if feed.next:
        written["next_url"] = feed.next
    if feed.hub:
        written["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return json.dumps({**written, "items": items}, ensure_ascii=False)
