"""The four tables: their columns, which are stable (new ones come last), and their rows.

Rows are fetched by keys, some at a time: nothing is held in memory or in the database for longer than that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, TypeAlias

from django.db.models import Count, QuerySet

from quotes.exporting.columns import Column, Value
from quotes.fragments import opened_at
from quotes.models import Quote, Source, SpeakerAlias
from quotes.selectors import public, public_quotes, public_speakers, stored_articles

BATCH = 900  # keys of a query: SQLite took 999 values until 2020

Row: TypeAlias = tuple[Value, ...]
_NOTHING: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Table:
    """`public`: which records are in it. `beside`: by key, what of a column no path leads to."""

    name: str
    columns: tuple[Column, ...]
    public: Callable[[], QuerySet[Any]]
    beside: Callable[[Sequence[int]], Mapping[int, dict[str, Any]]] | None = None

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def chosen(self, names: Sequence[str] | None) -> "Table":
        """With the columns of these names alone, in this order; all of them for None."""
        if names is None:
            return self
        by_name = {column.name: column for column in self.columns}
        return replace(self, columns=tuple(by_name[name] for name in names))

    def rows(self, keys: Sequence[int]) -> dict[int, Row]:
        """By key, the rows of those of these records that are public."""
        beside = self.beside(keys) if self.beside else {}
        told = {name for found in beside.values() for name in found}
        paths = {path for column in self.columns for path in column.paths} - told
        found = self.public().filter(pk__in=keys).order_by().values("pk", *sorted(paths)) if keys else ()
        readers = [column.reader() for column in self.columns]
        rows: dict[int, Row] = {}
        for record in found:
            record |= beside.get(record["pk"], _NOTHING)
            rows[record["pk"]] = tuple([read(record) for read in readers])
        return rows


def key_batches(records: QuerySet[Any], after: int = 0) -> Iterator[list[int]]:
    """The keys of `records` beyond `after`, in their order, a batch a query."""
    ordered = records.order_by("pk")
    while keys := list(ordered.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        yield keys
        after = keys[-1]


_urn = attrgetter("urn")
_ARTICLE = "revision__article__"

QUOTES = Table(
    "quotes",
    (
        Column("id", "text", "permanent", ("public_id",), _urn),
        Column("text", "text", "the words, without their marks", ("text",)),
        Column("kind", "text", "direct, partial or transcript", ("kind",)),
        Column("speaker", "text", "who, by name", ("speaker__name",)),
        Column("speaker_slug", "text", "who, as in addresses and filters", ("speaker__slug",)),
        Column("speaker_id", "text", "who, whatever the name becomes", ("speaker__public_id",), _urn),
        Column(
            "speaker_kind", "text", "person, organization, group, document or unnamed", ("speaker__kind",)
        ),
        Column("wikidata_id", "text", "the speaker’s item", ("speaker__wikidata_id",)),
        Column("source", "text", "the outlet, by name", ("source__name",)),
        Column("source_slug", "text", "the outlet, as in addresses and filters", ("source__slug",)),
        Column("article_title", "text", "the headline, as it was read", ("revision__title",)),
        Column(
            "article_url",
            "text",
            "where the article is; urn:sha256:… when it came without an address",
            (f"{_ARTICLE}canonical_url",),
        ),
        Column("article_id", "text", "the article", (f"{_ARTICLE}public_id",), _urn),
        Column("published_at", "time", "when the article was published", (f"{_ARTICLE}published_at",)),
        Column("collected_at", "time", "when it was read", ("created_at",)),
        Column("updated_at", "time", "when the record last changed", ("updated_at",)),
        Column("gone_at", "time", "when the words were found to have left the article", ("gone_at",)),
        Column(
            "confidence",
            "number",
            "how sure the extractor is, 0 to 1; empty where an editor chose the speaker",
            ("confidence",),
        ),
        Column(
            "attributed_by", "text", "who says whose words they are: extractor or editor", ("attributed_by",)
        ),
        Column("review_status", "text", "unreviewed or approved", ("review_status",)),
        Column(
            "source_url",
            "text",
            "the article, opened at the words; empty when it is not on the web",
            (f"{_ARTICLE}canonical_url", "fragment"),
            opened_at,
        ),
        Column("language", "text", "of the article", ("revision__language",)),
        Column("mention", "text", "the words that say who speaks", ("mention_text",)),
        Column("cue", "text", "the words that say that it is speech", ("cue_text",)),
        Column("sentence", "text", "the reporter’s sentence around the words", ("context",)),
        Column("segments", "spans", "code points of the article’s text, from and up to", ("segments",)),
        Column("revision", "whole", "which text of the article they count in", ("revision__number",)),
        Column("extractor_version", "text", "what read it", ("extractor_version",)),
    ),
    public_quotes,
)


def _names_and_counts(keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    aliases = SpeakerAlias.objects.filter(speaker__in=keys).order_by("name", "pk")
    for key, name in aliases.values_list("speaker", "name"):
        names[key].append(name)
    theirs = Quote.objects.filter(public(), speaker__in=keys).order_by()
    counts = dict(theirs.values_list("speaker").annotate(Count("pk")))
    return {key: {"names": names[key], "quote_count": counts.get(key, 0)} for key in keys}


SPEAKERS = Table(
    "speakers",
    (
        Column("id", "text", "permanent: it outlives renames and merges", ("public_id",), _urn),
        Column("name", "text", "the main name", ("name",)),
        Column("slug", "text", "as in addresses and filters", ("slug",)),
        Column("kind", "text", "person, organization, group, document or unnamed", ("kind",)),
        Column("description", "text", "a role that an article gave", ("description",)),
        Column("wikidata_id", "text", "the item", ("wikidata_id",)),
        Column("names", "words", "all names that the speaker goes by", ("names",)),
        Column("quote_count", "whole", "public quotes", ("quote_count",)),
        Column("created_at", "time", "when the record was made", ("created_at",)),
        Column("updated_at", "time", "when it last changed", ("updated_at",)),
    ),
    public_speakers,
    _names_and_counts,
)

ARTICLES = Table(
    "articles",
    (
        Column("id", "text", "permanent", ("public_id",), _urn),
        Column("title", "text", "the headline", ("current_revision__title",)),
        Column("byline", "text", "who wrote it", ("current_revision__byline",)),
        Column(
            "url",
            "text",
            "where it is; urn:sha256:… when it came without an address",
            ("canonical_url",),
        ),
        Column("published_at", "time", "when it was published", ("published_at",)),
        Column("fetched_at", "time", "when its text was read", ("current_revision__fetched_at",)),
        Column("language", "text", "of its text", ("current_revision__language",)),
        Column("source", "text", "the outlet, by name", ("source__name",)),
        Column("source_slug", "text", "the outlet, as in addresses and filters", ("source__slug",)),
        Column("status", "text", "pending, extracted, failed or skipped", ("status",)),
        Column("revision", "whole", "which of its texts is the current one", ("current_revision__number",)),
        Column("content_hash", "text", "SHA-256 of that text", ("current_revision__content_hash",)),
    ),
    stored_articles,
)

SOURCES = Table(
    "sources",
    (
        Column("slug", "text", "permanent; as in addresses and filters", ("slug",)),
        Column("name", "text", "the outlet", ("name",)),
        Column("homepage", "text", "its address", ("homepage",)),
    ),
    Source.objects.all,
)

# In an order in which what a row points to comes before it.
TABLES = (SOURCES, SPEAKERS, ARTICLES, QUOTES)
