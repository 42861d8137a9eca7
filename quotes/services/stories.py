"""Which articles are one text (wire copy), and which of their quotes are one saying.

An article is placed after its quotes are stored, in steps: its keys are committed first, so that of two
copies that are placed at the same moment at least one sees the other; both lock the articles in one order, so
that one story comes of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from quotes.ingestion.dedupe import ENOUGH_KEYS, Shingles, is_copy, keys_of, plain_words, shingles_of
from quotes.models import Article, ArticleKey, Quote, Story
from quotes.services.deadlocks import in_transaction
from quotes.services.leases import lease_from

_MOST_WITH_KEY = 200  # articles that are found by one key
_COMMON = 50  # a key of so many texts is boilerplate, and tells nothing
_FIRST = 5  # articles of a story that stand for it
_COMPARED = 3  # texts that one is compared with, those that share most first
_LEAST_WORDS = 5  # of words that stand within longer ones and are the same saying


def place_articles(*, article_ids: Sequence[int]) -> None:
    """Find what these articles are copies of, now that they were read."""
    until = lease_from(timezone.now())
    in_transaction(partial(_take, article_ids, until))
    found = Article.objects.select_related("current_revision").filter(pk__in=article_ids)
    articles = list(found.filter(current_revision__isnull=False).order_by("pk"))
    shingles = {article.pk: shingles_of(article.text) for article in articles}
    keys = {article: keys_of(found) for article, found in shingles.items()}
    in_transaction(partial(_keep_keys, keys))
    for article, alike in _copied({article.pk: article for article in articles}, shingles, _alike(keys)):
        in_transaction(partial(_place, article, shingles[article], alike))
    _leave_what_is_another_text(shingles)
    # One that got another text meanwhile, or was read again, still waits.
    placed = Article.objects.filter(
        pk__in=shingles,
        current_revision__in=[article.current_revision_id for article in articles],
        placing_until=until,
    )
    placed.update(needs_placing=False, placing_until=None)


def place_waiting(*, article_ids: Sequence[int]) -> int:
    """Place those of these articles that still wait for it. Returns how many did."""
    found = list(waiting().filter(pk__in=article_ids).values_list("pk", flat=True))
    if found:
        place_articles(article_ids=found)
    return len(found)


def waiting() -> QuerySet[Article]:
    """Articles that were read and that nobody has placed, the first that was stored first."""
    return Article.objects.filter(needs_placing=True).order_by("id")


@transaction.atomic
def to_place(*, limit: int = 2000) -> list[int]:
    """Articles that wait to be placed, and that nobody is at or was sent for so late that he may come.

    They count as sent from now on.
    """
    now = timezone.now()
    free = waiting().filter(Q(placing_until=None) | Q(placing_until__lt=now))
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    articles = list(free.values_list("pk", flat=True)[:limit])
    _take(articles, now + timedelta(seconds=settings.RESEND_SECONDS))
    return articles


def mark_unsent(*, article_ids: Sequence[int]) -> None:
    """The broker could not be reached: the next sweep sends those that still wait."""
    Article.objects.filter(pk__in=article_ids, needs_placing=True).update(placing_until=None)


def to_be_placed(begun: datetime) -> dict[str, Any]:
    """What is to be set of articles whose quotes were stored from `begun` on: who stored them places them."""
    return {
        "needs_placing": True,
        "placing_until": lease_from(timezone.now()),
        "held_from": Case(When(needs_placing=False, then=Value(begun)), default=F("held_from")),
    }


def ask_for_placing() -> int:
    """Have all articles placed that were read before copies were looked for. Returns how many wait now."""
    unknown = Article.objects.filter(
        status=Article.Status.EXTRACTED, story=None, needs_placing=False, held_from=None
    )
    unknown.filter(~Exists(ArticleKey.objects.filter(article=OuterRef("pk")))).update(
        needs_placing=True, held_from=timezone.now()
    )
    return waiting().count()


def _take(article_ids: Sequence[int], until: datetime) -> None:
    """They are somebody's to place, until then."""
    Article.objects.filter(pk__in=article_ids).update(placing_until=until)


@transaction.atomic
def take_out(*, article_ids: Sequence[int]) -> int:
    """These are copies of nothing, an editor says: they leave their stories for good. Returns how many."""
    locked = Article.objects.select_for_update().filter(pk__in=article_ids).order_by("pk")
    found = list(locked.values_list("pk", flat=True))
    for pk in found:
        article = Article.objects.get(pk=pk)  # its story may have ended with the article before
        article.is_no_copy = True
        article.save(update_fields=["is_no_copy", "updated_at"])
        _leave(article)
    return len(found)


def put_back(*, article_ids: Sequence[int]) -> int:
    """Undo `take_out`. Returns how many may be copies again."""
    found = Article.objects.filter(pk__in=article_ids, is_no_copy=True)
    articles = list(found.values_list("pk", flat=True))
    found.update(is_no_copy=False)
    place_articles(article_ids=articles)
    return len(articles)


def _keep_keys(keys: dict[int, list[int]]) -> None:
    """Let articles be found by their keys, each by as many articles as may be useful."""
    wanted = {(key, article) for article, some in keys.items() for key in some}
    there = ArticleKey.objects.filter(article__in=keys).values_list("pk", "key", "article")
    stored = {(key, article): pk for pk, key, article in there}
    if gone := [pk for pair, pk in stored.items() if pair not in wanted]:
        ArticleKey.objects.filter(pk__in=gone).delete()
    new = wanted - stored.keys()
    asked = {key for key, _ in new}
    there_now = ArticleKey.objects.filter(key__in=asked).order_by().values_list("key")
    counted = there_now.annotate(all=Count("pk"), alone=Count("pk", filter=Q(article__story__isnull=True)))
    full = {key for key, count, alone in counted if count >= _MOST_WITH_KEY or alone > _COMMON}
    # In one order, as everybody does.
    ArticleKey.objects.bulk_create(
        (ArticleKey(key=key, article_id=article) for key, article in sorted(new) if key not in full),
        ignore_conflicts=True,
    )


def _alike(keys: dict[int, list[int]]) -> dict[int, list[int]]:
    """For each article those that share most keys with it, one of each story, the most alike first."""
    asked = {key for some in keys.values() for key in some}
    rows = ArticleKey.objects.filter(key__in=asked).order_by("article")
    first: dict[tuple[bool, int], int] = {}  # of each text: that of a story, or of an article alone
    holders: defaultdict[int, set[tuple[bool, int]]] = defaultdict(set)
    for key, article, story in rows.values_list("key", "article", "article__story"):
        text = (True, story) if story else (False, article)
        first.setdefault(text, article)
        holders[key].add(text)
    found: dict[int, list[int]] = {}
    for article, some in keys.items():
        shared = Counter(text for key in some if len(holders[key]) <= _COMMON for text in holders[key])
        shared.pop((False, article), None)
        enough = [text for text, count in shared.items() if count >= ENOUGH_KEYS]
        # Of those that share as many a story first: else copies that come together make a story of their own.
        enough.sort(key=lambda text: (-shared[text], not text[0], text[1]))
        likely = [first[text] for text in enough[:_COMPARED]]
        if likely:
            found[article] = likely
    return found


def _copied(
    articles: dict[int, Article], shingles: dict[int, Shingles], alike: dict[int, list[int]]
) -> Iterator[tuple[int, list[int]]]:
    """Those that may be copies of one of the texts that are like them: of most the boilerplate is all.

    Nothing is locked yet. A text that changes meanwhile is placed again by whoever changes it.
    """
    others = {pk for some in alike.values() for pk in some}.difference(shingles)
    found = Article.objects.select_related("current_revision").filter(current_revision__isnull=False)
    articles = articles | {one.pk: one for one in found.filter(pk__in=others)}
    known = shingles | {pk: shingles_of(articles[pk].text) for pk in others & articles.keys()}
    for pk, some in alike.items():
        outlet = articles[pk].source_id
        if any(
            # Of a story it is asked whether it is a copy of most of its articles.
            other.story_id is not None
            or is_copy(known[pk], known[other.pk], same_outlet=outlet == other.source_id)
            for other in map(articles.get, some)
            if other
        ):
            yield pk, some


def _place(article_id: int, shingles: Shingles, alike: Sequence[int]) -> None:
    """Put an article into the story of the first of these that it is a copy of."""
    locked = Article.objects.select_for_update(of=("self",)).select_related("current_revision")
    articles = {one.pk: one for one in locked.filter(pk__in=[article_id, *alike]).order_by("pk")}
    article = articles[article_id]
    if article.is_no_copy or article.story_id is not None:
        return
    copies = [
        other
        for pk in alike
        if (other := articles.get(pk)) and not other.is_no_copy and _is_copy(article, shingles, other)
    ]
    if not copies:
        return
    # A story that is there rather than one that would be new.
    copy = next((one for one in copies if one.story_id is not None), copies[0])
    if copy.story is None:
        copy.story = Story.objects.create()
        copy.save(update_fields=["story", "updated_at"])
    article.story = copy.story
    article.save(update_fields=["story", "updated_at"])
    _settle_sayings(copy.story)


def _is_copy(article: Article, shingles: Shingles, other: Article) -> bool:
    """Whether an article is a copy of another; of one in a story, of most of the story's first articles.

    So no chain leads from one text to another, not by a page that holds both either.
    """
    others = [other]
    if other.story_id is not None:
        alike = Article.objects.filter(story=other.story_id).exclude(pk=article.pk)
        others = list(alike.select_related("current_revision").order_by("pk")[:_FIRST])
    copies = sum(
        is_copy(shingles, shingles_of(one.text), same_outlet=article.source_id == one.source_id)
        for one in others
    )
    return 2 * copies > len(others)


def _leave_what_is_another_text(shingles: dict[int, Shingles]) -> None:
    """Articles whose text changed so much that they are copies no longer leave their stories."""
    placed = Article.objects.filter(pk__in=shingles, story__isnull=False).order_by("pk")
    for pk in list(placed.values_list("pk", flat=True)):
        in_transaction(partial(_leave_if_another_text, pk, shingles[pk]))


def _leave_if_another_text(article_id: int, shingles: Shingles) -> None:
    article = Article.objects.select_for_update().get(pk=article_id)
    if article.story is None:
        return
    other = article.story.articles.exclude(pk=article_id).first()
    if other is None or not _is_copy(article, shingles, other):
        _leave(article)
    else:
        _settle_sayings(article.story)


def _leave(article: Article) -> None:
    """A story of which one article is left is none."""
    story = article.story
    if story is None:
        return
    article.story = None
    article.save(update_fields=["story", "updated_at"])
    Quote.objects.filter(revision__article=article, saying__isnull=False).update(saying=None)
    if story.articles.count() < 2:
        Quote.objects.filter(revision__article__story=story, saying__isnull=False).update(saying=None)
        story.delete()
    else:
        _settle_sayings(story)


def _settle_sayings(story: Story) -> None:
    """Which quotes of a story are the same words, whoever says them."""
    Story.objects.select_for_update().filter(pk=story.pk).first()
    quotes = list(
        Quote.objects.filter(revision__article__story=story, gone_at__isnull=True)
        .only("pk", "text", "saying")
        .order_by("pk")
    )
    sayings = _sayings([(quote.pk, quote.text) for quote in quotes])
    changed = [quote for quote in quotes if quote.saying_id != sayings.get(quote.pk)]
    by_saying: defaultdict[int | None, list[int]] = defaultdict(list)
    for quote in changed:
        by_saying[sayings.get(quote.pk)].append(quote.pk)
    for saying, some in by_saying.items():
        Quote.objects.filter(pk__in=some).update(saying=saying)


def _sayings(quotes: Iterable[tuple[int, str]]) -> dict[int, int]:
    """For each quote that is not alone the first of the same words, which may stand within longer ones."""
    worded = [(pk, words) for pk, text in quotes if (words := plain_words(text))]
    groups: dict[str, list[int]] = {}  # the longest words -> the quotes
    for pk, words in sorted(worded, key=lambda one: (-len(one[1]), one[0])):
        longer = words if words in groups else None
        if longer is None and words.count(" ") >= _LEAST_WORDS - 1:
            longer = next((other for other in groups if f" {words} " in f" {other} "), None)
        groups.setdefault(longer or words, []).append(pk)
    return {pk: min(some) for some in groups.values() if len(some) > 1 for pk in some}
