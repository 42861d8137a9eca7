"""What the templates of the pages for readers need."""

import json
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from quotes.feeds import FeedLink, feed_links

register = template.Library()

# None of them means anything outside of a string of JSON, where they may be written so: nothing in a quote
# can end the script.
_ESCAPES = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def feeds_of_head(context: Context) -> list[FeedLink]:
    """What a reader finds who subscribes to a page: its own feeds, else that of all quotes."""
    return context.get("feeds") or feed_links("All quotes", "quotes-feed")


@register.filter
def ld_json(data: Any) -> SafeString:
    """Linked data (JSON-LD) as it stands in a page: data, which no browser runs."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(written))
