"""What strict validators ask of feeds: Atom by a RELAX NG schema, JSON Feed by a JSON schema, RSS by rules.

All written by us, from RFC 4287, RFC 5005, RFC 6721, JSON Feed 1.1 and the RSS Advisory Board's profile.
"""

import json
import re
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_HERE = Path(__file__).parent
_RELAX = etree.RelaxNG(etree.parse(_HERE / "atom.rng"))
_JSON_FEED = Draft202012Validator(
    json.loads((_HERE / "json_feed.schema.json").read_text()),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


def check_feed(body: bytes, suffix: str) -> None:
    """Raises AssertionError for a feed that breaks a rule of its format."""
    {"atom": check_atom, "rss": check_rss, "json": check_json_feed}[suffix](body)


def check_atom(body: bytes) -> None:
    document = etree.fromstring(body)
    assert _RELAX.validate(document), _RELAX.error_log
    entries = document.findall(f"{_ATOM}entry")
    ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)), "two entries have one id"
    assert document.findtext(f"{_ATOM}id") not in ids
    for entry in entries:
        updated, published = (entry.findtext(f"{_ATOM}{name}") or "" for name in ("updated", "published"))
        assert published <= updated, "it was changed before it was published"
    for feed in [document, *entries]:
        # One alternate of a type and language (RFC 4287, 4.1.1 and 4.1.2), and one of each other relation.
        relations = [link.get("rel") for link in feed.findall(f"{_ATOM}link")]
        assert len(relations) == len(set(relations)), relations
    assert document.find(f"{_ATOM}link[@rel='self']") is not None
    for link in document.iter(f"{_ATOM}link"):
        _check_address(link.get("href") or "")


def check_rss(body: bytes) -> None:
    """By the RSS Advisory Board's profile, and what feed validators warn of."""
    document = etree.fromstring(body)
    assert (document.tag, document.get("version")) == ("rss", "2.0")
    (channel,) = document
    known = {
        "title", "link", "description", "language", "lastBuildDate", "ttl", "item", f"{_ATOM}link",
    }  # fmt: skip
    assert {str(one.tag) for one in channel} <= known
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1, name
        assert channel.findtext(name), name
    assert _RFC_822.fullmatch(channel.findtext("lastBuildDate") or "")
    assert len(channel.findall(f"{_ATOM}link[@rel='self']")) == 1
    names = [str(one.tag) for one in channel]
    assert "item" not in names or names.index("item") > max(
        at for at, name in enumerate(names) if name != "item"
    )
    guids = []
    for item in channel.findall("item"):
        _check_item(item)
        guids.append(item.findtext("guid"))
    assert len(guids) == len(set(guids)), "two items have one guid"


def _check_item(item: "etree._Element") -> None:
    names = [str(one.tag) for one in item]
    assert len(names) == len(set(names)), "an element stands in it twice"
    assert set(names) == {
        "title", "link", "description", "pubDate", "guid",
        "{http://purl.org/dc/elements/1.1/}creator",
        "{http://purl.org/rss/1.0/modules/content/}encoded",
        f"{_ATOM}updated",
    }  # fmt: skip
    # The profile: the description before the content that is longer; no markup in a title.
    assert names.index("description") < names.index("{http://purl.org/rss/1.0/modules/content/}encoded")
    guid = item.find("guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), (guid.text or "")[:9]) == ("false", "urn:uuid:")
    _check_address(item.findtext("link") or "")
    date = item.findtext("pubDate") or ""
    assert _RFC_822.fullmatch(date)
    assert parsedate_to_datetime(date)
    assert _RFC_3339.fullmatch(item.findtext(f"{_ATOM}updated") or "")


def check_json_feed(body: bytes) -> None:
    feed = json.loads(body)
    _JSON_FEED.validate(feed)
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)), "two items have one id"
    for item in feed["items"]:
        assert _RFC_3339.fullmatch(item["date_published"])
        assert _RFC_3339.fullmatch(item["date_modified"])


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    assert parts.scheme in {"http", "https"}, url
    assert parts.netloc, url
    assert url.isascii(), url
    assert not re.search(r"[\s<>\"{}|\\^`]", url), url
