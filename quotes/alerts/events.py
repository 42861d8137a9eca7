"""The events of webhooks: what is posted, and how it is signed (Standard Webhooks 1.0)."""

import base64
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.urls import reverse

from quotes.alerts.links import absolute
from quotes.models import Delivery, Quote
from quotes.withdrawals import withdrawal_of

VERSION = 1  # of `data`: a field that is there never means something else without another one
MARK = "whsec_"
_BYTES = 32  # of a secret; the standard asks for 24 to 64
_NO_LONGER = "It was given to somebody else, or is no longer what this webhook asks for."


def new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signature(secret: str, *, event_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = hmac.digest(key, f"{event_id}.{timestamp}.".encode() + body, sha256)
    return f"v1,{base64.b64encode(signed).decode()}"


def headers(event_id: str, body: bytes, *, signed_with: Iterable[str], at: datetime) -> dict[str, str]:
    """The headers of a request, signed with each of the secrets."""
    timestamp = int(at.timestamp())
    signatures = (
        signature(secret, event_id=event_id, timestamp=timestamp, body=body) for secret in signed_with
    )
    return {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def body_of(delivery: Delivery, quote: Quote) -> bytes:
    """What is posted of a delivery: the quote as it is now, or that it is withdrawn."""
    is_withdrawn = delivery.event == Delivery.Event.WITHDRAWN
    event = {
        "type": f"quote.{delivery.event}",
        "timestamp": delivery.created_at.isoformat(),
        "data": _withdrawn(quote) if is_withdrawn else _shown(quote),
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _known(quote: Quote) -> dict[str, Any]:
    return {
        "version": VERSION,
        "id": quote.urn,
        "url": absolute(reverse("quote-detail", args=[quote.public_id])),
        "page": absolute(quote.get_absolute_url()),
    }


def _shown(quote: Quote) -> dict[str, Any]:
    article, speaker = quote.revision.article, quote.speaker
    return _known(quote) | {
        "text": quote.text,
        "kind": quote.kind,
        "review_status": quote.review_status,
        "confidence": quote.confidence,
        "speaker": speaker
        and {
            "id": speaker.urn,
            "url": absolute(reverse("speaker-detail", args=[speaker.slug])),
            "slug": speaker.slug,
            "name": speaker.name,
        },
        "source": {"slug": article.source.slug, "name": article.source.name},
        "article": {
            "id": article.urn,
            "url": absolute(reverse("article-detail", args=[article.public_id])),
            "title": quote.revision.title,
            "web_url": article.web_url or None,
        },
        "source_url": quote.source_url or None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "collected_at": quote.created_at.isoformat(),
    }


def _withdrawn(quote: Quote) -> dict[str, Any]:
    """Without the words. Of a quote that is public elsewhere only that it is not here."""
    if getattr(quote, "is_public", False):
        return _known(quote) | {"why": _NO_LONGER, "note": ""}
    withdrawal = withdrawal_of(quote)
    return _known(quote) | {"why": withdrawal.why, "note": withdrawal.note}
