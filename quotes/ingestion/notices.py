"""Lines in which a site speaks of itself, and captions: none of the article, wherever they stand."""

import re

_MOST_WORDS = 60
_OF_SOMEBODY = re.compile(r"[“”\"«»„]|\b(?:said|says|told|added)\b")  # a line of news, then
_SO_THAT = r"(?:to (?:read|view|continue|get|receive|see|access)|for (?:the latest|more|all))\b.{1,60}?\b"
_ASKS = (
    r"(?:subscribe|sign up|register|log ?in|download|follow us|like us|join (?:us|our)|donate"
    r"|become an? (?:member|subscriber))\b"
)
_FOR_ITSELF = (
    r"\b(?:newsletters?|e-?\w*edition|apps?|e-?mails?|inbox|updates?|alerts?|stor(?:y|ies)|accounts?|channels?"
    r"|subscri\w+|member\w*|free|facebook|twitter|instagram|telegram|whatsapp|youtube)\b"
)
_NOTICES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:please |click here to |{_SO_THAT})?{_ASKS}.{{0,90}}{_FOR_ITSELF}",
        r".{0,80}\b(?:already|first-time|new|existing) (?:a )?subscribers?\b"
        r".{0,60}\b(?:log|sign|receive|account|message|gift|offer)",
        r".{0,40}\bwe(?:.d| would)? (?:want|like|love) to hear (?:from you|what you think|your)",
        r"(?:do you )?want to (?:be|stay) (?:informed|updated)\b.{0,80}(?:\?|\bnewsletter|\binbox)",
        r"our standards:",
        r"(?:this|our) (?:post|article|story|page|site)s? (?:may )?(?:contains?|includes?|features?)\b"
        r".{0,60}\b(?:affiliate|products?|advert\w*|links?)\b",
        r".{0,120}\bwe may (?:receive|earn|get)\b.{0,40}\b(?:commissions?|compensation|share)\b",
        r"(?:©|\(c\)|copyright\b).{0,80}",
        r".{0,60}\ball rights reserved\b",
        r".{0,300}[\s(/|](?:photo|image|picture|pic|foto)s?(?: credit| courtesy)?(?: by)?:\s?"
        r"[^.:]{2,60}[).]?$",
    )
]


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph asks readers to subscribe, warns them of advertisements, or the like."""
    if len(paragraph.split()) > _MOST_WORDS or _OF_SOMEBODY.search(paragraph):
        return False
    return any(notice.match(paragraph) for notice in _NOTICES)
