"""The articles that editors reviewed to the end, as lines of gold."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from quotes.exporting.gold import Decided, Person, gold_line
from quotes.folding import fold_name
from quotes.models import Article, Link, Quote, ReviewDecision, Source, Speaker, SpeakerAlias

_BATCH = 200  # articles: so many texts are in memory at once
_MENTION = ("mention_start", "mention_end")
_OPEN = Quote.Status.UNREVIEWED


@dataclass(slots=True)
class Tally:
    """What became of the articles in which an editor decided anything.

    whole       every quote of the text is decided: written
    unfinished  some of its quotes nobody decided yet
    open_quotes these
    unread      it has got another text, which was not read yet
    """

    whole: int = 0
    quotes: int = 0
    unsure: int = 0
    unfinished: int = 0
    open_quotes: int = 0
    unread: int = 0

    def count(self, line: dict[str, Any]) -> None:
        self.whole += 1
        self.quotes += len(line["quotes"])
        self.unsure += sum(quote["note"] != "" for quote in line["quotes"])


def decided_articles(*, since: datetime | None = None, source: Source | None = None) -> QuerySet[Article]:
    """Those in whose texts an editor decided anything, after `since`."""
    steps = ReviewDecision.objects.filter(
        quote__revision__article=OuterRef("pk"), quote__gone_at__isnull=True, editor__isnull=False
    ).exclude(quote__review_status=_OPEN)
    if since is not None:
        steps = steps.filter(decided_at__gte=since)
    articles = Article.objects.filter(Exists(steps))
    return articles if source is None else articles.filter(source=source)


def gold_lines(
    articles: QuerySet[Article], tally: Tally, done: Callable[[int], None] = lambda _count: None
) -> Iterator[dict[str, Any]]:
    """A line for each that is reviewed to the end, the oldest first; `tally` counts, `done` is told of all.

    Memory is that of a batch, however many there are.
    """
    # Looked for once: which they are takes longer than a batch of them.
    keys = articles.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_BATCH)
    while some := list(islice(keys, _BATCH)):
        batch = list(Article.objects.filter(pk__in=some).order_by("pk").select_related("current_revision"))
        quotes = _quotes_of(batch)
        people = _People(batch, [quote for found in quotes.values() for quote in found])
        for article in batch:
            line = _line(article, quotes[article.pk], people, tally)
            if line is not None:
                tally.count(line)
                yield line
        done(len(batch))


def _quotes_of(articles: Sequence[Article]) -> defaultdict[int, list[Quote]]:
    """By article, those of its current text that are still found there or were decided about."""
    of_revision = {article.current_revision_id: article.pk for article in articles}
    found = (
        Quote.objects.filter(revision__in=of_revision, gone_at__isnull=True)
        .order_by("start", "pk")
        .only("revision", "speaker", "segments", "start", "kind", "review_status", *_MENTION)
        .prefetch_related("decisions")
    )
    quotes: defaultdict[int, list[Quote]] = defaultdict(list)
    for quote in found:
        quotes[of_revision[quote.revision_id]].append(quote)
    return quotes


class _People:
    """The speakers of a batch, by article: with their aliases, and what each article calls them."""

    def __init__(self, articles: Sequence[Article], quotes: Sequence[Quote]) -> None:
        keys = {quote.speaker_id for quote in quotes} | {_first_speaker(quote) for quote in quotes}
        self._speakers = Speaker.objects.in_bulk([key for key in keys if key is not None])
        self._aliases: defaultdict[int, list[str]] = defaultdict(list)
        for speaker, name in SpeakerAlias.objects.filter(speaker__in=self._speakers).values_list(
            "speaker", "name"
        ):
            self._aliases[speaker].append(name)
        self._names: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        links = Link.objects.filter(article__in=articles, speaker__in=self._speakers)
        for article, speaker, name in links.values_list("article", "speaker", "name"):
            self._names[article, speaker].append(name)

    def person(self, article: Article, key: int | None) -> Person | None:
        if key is None:
            return None
        speaker, named = self._speakers[key], self._names[article.pk, key]
        return Person(
            speaker.name, speaker.kind, tuple(sorted(self._aliases[key])), tuple(sorted(named, key=fold_name))
        )


def _line(article: Article, quotes: Sequence[Quote], people: _People, tally: Tally) -> dict[str, Any] | None:
    if article.status != Article.Status.EXTRACTED:
        tally.unread += 1
        return None
    undecided = sum(quote.review_status == _OPEN for quote in quotes)
    if undecided or not quotes:
        tally.unfinished += 1
        tally.open_quotes += undecided
        return None
    decided = [_decided(article, quote, people) for quote in quotes]
    return gold_line(str(article.public_id), article.web_url, article.text, decided)


def _decided(article: Article, quote: Quote, people: _People) -> Decided:
    first = _first_speaker(quote)
    mention = (
        None
        if quote.mention_start is None or quote.mention_end is None
        else (quote.mention_start, quote.mention_end)
    )
    return Decided(
        segments=tuple((start, end) for start, end in quote.segments),
        status=quote.review_status,
        reason=_reason(quote),
        kind=quote.kind,
        speaker=people.person(article, quote.speaker_id),
        before=None if first == quote.speaker_id else people.person(article, first),
        mention=mention,
    )


def _steps(quote: Quote) -> list[ReviewDecision]:
    """What editors did since it was last unreviewed, the earliest first."""
    since: list[ReviewDecision] = []
    for step in sorted(quote.decisions.all(), key=lambda step: step.pk):
        if step.to_status == _OPEN:
            since = []
        elif step.editor_id is not None:
            since.append(step)
    return since


def _first_speaker(quote: Quote) -> int | None:
    """Whom the extractor had named."""
    steps = _steps(quote)
    return steps[0].from_speaker_id if steps else quote.speaker_id


def _reason(quote: Quote) -> str:
    """Why it is rejected, as far as somebody said."""
    if quote.review_status != Quote.Status.REJECTED:
        return ""
    steps = _steps(quote)
    return steps[-1].reason if steps else ""
