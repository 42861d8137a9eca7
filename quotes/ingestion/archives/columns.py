"""Which field of a line, or column of a row, holds what: the names that datasets use, or that were told."""

from collections.abc import Iterable, Mapping

from quotes.ingestion.archives.records import ArchiveError

# Of each the first that says something counts.
TEXTS = (
    "text", "main_text", "full_text", "article_text", "body_text", "html", "article_body", "content",
    "article", "body",
)  # fmt: skip
VERBATIM = frozenset(("text", "main_text", "full_text", "article_text", "body_text"))
_KNOWN = {
    "url": ("url", "link", "web_url", "article_url", "canonical_url", "permalink"),
    "title": ("title", "headline", "web_title"),
    "source": (
        "source", "publication", "publisher", "outlet", "newspaper", "media_name", "site_name", "source_name",
        "source_hostname", "source_domain", "hostname", "domain",
    ),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang", "meta_lang"),
    "published": (
        "published", "published_at", "date_published", "date_publish", "publish_date", "published_date",
        "publication_date", "pub_date", "web_publication_date", "date",
    ),
    "modified": ("modified", "modified_at", "date_modified", "date_modify", "updated", "updated_at"),
}  # fmt: skip
_TOLD_TEXTS = ("text", "html", "body")
TELLABLE = (*_TOLD_TEXTS, *_KNOWN)


class Columns:
    """Where to look for what. `told`: column by field (one of TELLABLE), which then counts alone."""

    def __init__(self, told: Mapping[str, str] | None = None) -> None:
        self.told = dict(told or {})
        if unknown := self.told.keys() - set(TELLABLE):
            raise ArchiveError(
                f"{', '.join(sorted(unknown))} is nothing that a column can be for: "
                f"that is one of {', '.join(TELLABLE)}"
            )
        texts = [field for field in _TOLD_TEXTS if field in self.told]
        # What the text is taken from, and by which of TEXTS that is known to be a text, a page, or either.
        self.texts = [(self.told[field], field) for field in texts] or [(name, name) for name in TEXTS]

    def names(self, field: str) -> tuple[str, ...]:
        return (self.told[field],) if field in self.told else _KNOWN[field]

    def have_text(self, names: Iterable[str]) -> bool:
        return not {key(name) for name, _ in self.texts}.isdisjoint(map(key, names))

    def uses(self, name: str) -> bool:
        """Whether a column of this name may be looked at."""
        used = [name for name, _ in self.texts]
        return key(name) in {key(one) for one in (*used, *(n for f in _KNOWN for n in self.names(f)))}

    def check(self, names: Iterable[str]) -> None:
        """Raises ArchiveError if one that was told is not among these, the archive's own."""
        names = list(dict.fromkeys(names))
        there = set(map(key, names))
        if missing := [name for name in self.told.values() if key(name) not in there]:
            raise ArchiveError(
                f"it has no column {', '.join(missing)}: its columns are {', '.join(names)[:1000] or 'none'}"
            )


def key(name: str) -> str:
    """What makes a name: publishedAt, Published At and published_at are one."""
    return "".join(filter(str.isalnum, name.casefold())) or name.strip()


def by_key(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """The values by the keys of their names; of two with one key the first that says something."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if not fields.get(at := key(name)):
            fields[at] = value
    return fields
