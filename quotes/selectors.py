"""Every read that matters. What "public" means is said here and nowhere else."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.db.models.lookups import Exact

from quotes.folding import fold, fold_name
from quotes.linking.careers import Post, Statement, career
from quotes.models import (
    Article,
    ArticleRevision,
    Distinction,
    FormerSlug,
    Publication,
    Quote,
    ReviewDecision,
    RoleStatement,
    Source,
    Speaker,
    SpeakerAlias,
    Suggestion,
)
from quotes.models.quote import certainty_as_indexed

_MOST_ROLES = 2000  # statements of one speaker, the latest, that are put in order
_MOST_REDIRECTS = 20


def public() -> Q:
    """The condition under which the world sees a quote.

    Somebody said it, and either an editor approved it or the extractor is sure enough and still finds it.
    """
    unreviewed = Q(
        Exact(_Status("review_status"), Quote.Status.UNREVIEWED),
        confidence__gte=settings.PUBLISH_THRESHOLD,
        gone_at__isnull=True,
    )
    approved = Q(Exact(_Status("review_status"), Quote.Status.APPROVED))
    return Q(speaker__isnull=False) & (approved | unreviewed)


class _Status(Func):
    """A status that SQLite looks for in no index: it would gather nearly all quotes by it, and sort them."""

    template = "%(expressions)s"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def public_quotes() -> QuerySet[Quote]:
    """Public quotes, newest first, with all that is shown of them but not the articles' texts."""
    return _with_what_is_shown(Quote.objects.filter(public())).order_by("-dated_at", "-id")


def _with_what_is_shown(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    return quotes.select_related("speaker", "revision__article__source").defer("revision__text")


def changed_quotes(after: int) -> QuerySet[Quote]:
    """Quotes that changed after this number, in that order; `publication` says which of them are withdrawn.

    One that is public no more without being told so, as after the threshold was raised, is passed over.
    """
    told = Q(publication__is_public=False) | public()
    changed = Quote.objects.filter(told, publication__number__gt=after).select_related("publication")
    return _with_what_is_shown(changed).order_by("publication__number")


def withdrawal_at(public_id: UUID) -> Publication | None:
    """When and by whom a quote was withdrawn; None where it never was public, or is."""
    withdrawn = Publication.objects.filter(quote__public_id=public_id, is_public=False)
    return withdrawn.select_related("quote").first()


def reviewed_quotes() -> QuerySet[Quote]:
    """All quotes, each with whether it `is_public`, and all that is shown of it."""
    is_public = Case(When(public(), then=True), default=False)
    return _with_what_is_shown(Quote.objects.annotate(is_public=is_public))


def without_copies(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Of those of `quotes` that are one saying of a speaker, in copies of a story, the first that was stored.

    By when they were stored, not published: whichever is the first stays it, so that feeds bring none twice.
    """
    same = Q(saying=OuterRef("saying"), speaker=OuterRef("speaker"), pk__lt=OuterRef("pk"))
    return quotes.filter(Q(saying__isnull=True) | ~Exists(quotes.filter(same).order_by()))


def compared(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those of which it is known whether their articles are copies: a moment after they were read.

    Of an article that is looked at again those that were there before stay.
    """
    was_there = Q(article__held_from__gt=OuterRef("created_at"))
    waiting = ArticleRevision.objects.filter(~was_there, pk=OuterRef("revision"), article__needs_placing=True)
    return quotes.filter(~Exists(waiting))


def with_copies_count(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Each quote with `copies`, the number of other public ones that are the same saying of the speaker."""
    same = Quote.objects.filter(public(), saying=OuterRef("saying"), speaker=OuterRef("speaker"))
    counted = same.exclude(pk=OuterRef("pk")).order_by().values("saying").annotate(n=Count("pk")).values("n")
    return quotes.annotate(copies=Coalesce(Subquery(counted), 0))


def copies_of(article: Article) -> QuerySet[Article]:
    """Other articles that are the same story, the first that was stored first."""
    if article.story_id is None:
        return Article.objects.none()
    return stored_articles().filter(story=article.story_id).exclude(pk=article.pk).order_by("pk")


def with_certainty(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Each quote with `certainty`, how sure it is who says it: 1 where an editor approved it."""
    return quotes.annotate(certainty=certainty_as_indexed())


def with_change(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those of `quotes` whose last change has a number, each with it (`change`): later ones have higher."""
    return quotes.filter(publication__number__isnull=False).annotate(change=F("publication__number"))


def quotes_in_text(articles: Collection[Article], most: int) -> QuerySet[Quote]:
    """Public quotes of each of these articles in the order of the text, `most` of each."""
    place = Window(RowNumber(), partition_by=F("revision__article"), order_by=("start", "id"))
    found = with_copies_count(public_quotes()).filter(revision__article__in=articles).annotate(place=place)
    return found.filter(place__lte=most).order_by("place")


def with_whole_speakers(quotes: Collection[Quote]) -> None:
    """Give each of these the speaker with names and number of quotes."""
    keys = {quote.speaker_id for quote in quotes if quote.speaker_id is not None}
    known = with_quote_count(Speaker.objects.filter(pk__in=keys)).prefetch_related("aliases")
    speakers = {speaker.pk: speaker for speaker in known}
    for quote in quotes:
        quote.speaker = speakers.get(quote.speaker_id or 0)


def quotes_with_words(quotes: QuerySet[Quote], words: str) -> QuerySet[Quote]:
    """Those of `quotes` with `words` in them, whatever the case, the accents and the kind of marks."""
    return quotes.filter(folded__contains=fold(words))


def quotes_as_sure_as(quotes: QuerySet[Quote], confidence: float) -> QuerySet[Quote]:
    """Those of `quotes` that an editor approved, or of which the extractor is at least so sure."""
    return quotes.filter(Q(review_status=Quote.Status.APPROVED) | Q(confidence__gte=confidence))


def public_speakers() -> QuerySet[Speaker]:
    """Speakers with a public quote. A merged speaker has none left: it is reached by its redirect."""
    theirs = Quote.objects.filter(public(), speaker=OuterRef("pk"))
    return Speaker.objects.filter(Exists(theirs), merged_into__isnull=True)


def namesakes_of(speaker: Speaker) -> list[Speaker]:
    """Other speakers of the same kind, not merged away, who go by the main name of `speaker`."""
    named = SpeakerAlias.objects.filter(folded=fold_name(speaker.name), speaker=OuterRef("pk"))
    others = Speaker.objects.filter(Exists(named), kind=speaker.kind, merged_into__isnull=True)
    return list(others.exclude(pk=speaker.pk)[:10])


def with_quote_count(speakers: QuerySet[Speaker]) -> QuerySet[Speaker]:
    """Each speaker with `quote_count`, the number of public quotes."""
    theirs = Quote.objects.filter(public(), speaker=OuterRef("pk")).order_by().values("speaker")
    return speakers.annotate(quote_count=Coalesce(Subquery(theirs.annotate(n=Count("pk")).values("n")), 0))


def speaker_at(slug: str) -> Speaker:
    """The speaker known by `slug` now, after renames and merges. Raises Speaker.DoesNotExist."""
    return resolve_redirects(speaker_of_slug(slug))


def speaker_of_slug(slug: str) -> Speaker:
    """The very speaker that has or had `slug`, merged or not. Raises Speaker.DoesNotExist."""
    known = Speaker.objects.select_related("merged_into")
    former = FormerSlug.objects.filter(slug=slug).values("speaker")
    return known.filter(slug=slug).first() or known.get(pk__in=former)


def was_ever_public(speaker: Speaker) -> bool:
    """Whether `speaker` has a page and a feed: who was only guessed at is named nowhere."""
    return public_quotes().filter(speaker=speaker).exists() or withdrawn_quotes(speaker).exists()


def resolve_redirects(speaker: Speaker) -> Speaker:
    """Who `speaker` is after all merges."""
    for _ in range(_MOST_REDIRECTS):
        if speaker.merged_into is None:
            return speaker
        speaker = speaker.merged_into
    raise Speaker.DoesNotExist(f"the merges of {speaker.slug} run in a circle: undo one of them")


def speakers_now(speakers: Iterable[int | None]) -> dict[int, int]:
    """Of these keys those of speakers who were merged, each with the key of who it is after all merges."""
    keys = {key for key in speakers if key is not None}
    merged = Speaker.objects.filter(pk__in=keys, merged_into__isnull=False)
    return {one.pk: resolve_redirects(one).pk for one in merged.select_related("merged_into")}


def family_of(*speakers: Speaker) -> list[int]:
    """Keys of `speakers` and of all who were merged into them, whose feeds lead to theirs."""
    found = [speaker.pk for speaker in speakers]
    latest = found
    for _ in range(_MOST_REDIRECTS):
        merged = Speaker.objects.filter(merged_into__in=latest).order_by()  # else SQLite reads all by name
        latest = list(merged.values_list("pk", flat=True))
        if not latest:
            break
        found += latest
    return found


def distinctions_of(speakers: Collection[int]) -> QuerySet[Distinction]:
    """What editors said about who of these, by their keys, is not the same as somebody else."""
    return Distinction.objects.filter(Q(first__in=speakers) | Q(second__in=speakers))


def distinction_between(one: Speaker, other: Speaker) -> Distinction | None:
    """What an editor said that keeps these two apart, or those merged into them."""
    ours, theirs = family_of(one), family_of(other)
    between = Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)
    return Distinction.objects.filter(between).select_related("first", "second").first()


def other_names(speaker: Speaker) -> list[str]:
    """What else `speaker` is called, the most used first: not the surname or another part of the name."""
    main = set(fold_name(speaker.name).split())
    names = speaker.aliases.order_by("-count", "name").values_list("name", "folded")
    return [name for name, folded in names if not set(folded.split()) <= main]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a speaker's public quotes."""

    quotes: int
    outlets: int
    first_quoted: datetime | None
    last_quoted: datetime | None


def figures_of(speaker: Speaker) -> Figures:
    """How often, by how many outlets, and from when to when `speaker` is quoted."""
    found = Quote.objects.filter(public(), speaker=speaker).aggregate(
        quotes=Count("pk"),
        outlets=Count("source", distinct=True),
        first_quoted=Min("dated_at"),
        last_quoted=Max("dated_at"),
    )
    return Figures(**found)


def career_of(speaker: Speaker, most: int = _MOST_ROLES) -> list[tuple[Post, list[Article]]]:
    """What articles say that `speaker` is, the latest first, each role with its articles, the earliest first.

    Only of articles that quote the speaker publicly: what was only guessed at is shown nowhere. Of the latest
    `most` statements.
    """
    theirs = Quote.objects.filter(public(), speaker=speaker, revision__article=OuterRef("article"))
    told = RoleStatement.objects.filter(Exists(theirs), speaker=speaker).order_by("-dated_at", "-pk")
    rows = told.values_list("role", "dated_at", "article_id")[:most]
    posts = career(Statement(role, dated, article) for role, dated, article in rows)
    articles = {
        article.pk: article
        for article in stored_articles().filter(
            pk__in={statement.article for post in posts for statement in post.statements}
        )
    }
    return [(post, _articles_of(post, articles)) for post in posts]


def roles_of(speakers: Collection[int], most: int) -> dict[int, list[str]]:
    """By key what articles say that each of these is, the latest first, `most` of each.

    Only of articles that quote the speaker publicly.
    """
    theirs = Quote.objects.filter(
        public(), speaker=OuterRef("speaker"), revision__article=OuterRef("article")
    )
    told = RoleStatement.objects.filter(Exists(theirs), speaker__in=speakers).order_by()
    rows = told.values_list("speaker", "folded").annotate(role=Max("role"), last=Max("dated_at"))
    roles: dict[int, list[str]] = {}
    for speaker, _folded, role, _last in rows.order_by("-last", "folded"):
        if len(known := roles.setdefault(speaker, [])) < most:
            known.append(role)
    return roles


def public_elsewhere(quote: Quote) -> QuerySet[Quote]:
    """Public quotes of the same words in copies of the story, the first that was stored first."""
    if quote.saying_id is None:
        return Quote.objects.none()
    return public_quotes().filter(saying=quote.saying_id).exclude(pk=quote.pk).order_by("pk")


def article_seen_by_readers(public_id: UUID) -> Article | None:
    """The article of this id, if readers see, or ever saw, a quote of it."""
    theirs = Publication.objects.filter(quote__revision__article=OuterRef("pk"))
    shown = Quote.objects.filter(public(), revision__article=OuterRef("pk"))
    return stored_articles().filter(Exists(shown) | Exists(theirs), public_id=public_id).first()


def quoted_sources() -> QuerySet[Source]:
    """Outlets with a public quote, each with `last_quoted`, the date of the newest."""
    theirs = Quote.objects.filter(public(), source=OuterRef("pk")).order_by("-dated_at", "-id")
    newest = Source.objects.annotate(last_quoted=Subquery(theirs.values("dated_at")[:1]))
    return newest.filter(last_quoted__isnull=False)


def articles_of(keys: Collection[int]) -> QuerySet[Article]:
    """The articles of these keys, the earliest first."""
    return stored_articles().filter(pk__in=keys).order_by("published_at", "pk")


def _articles_of(post: Post, articles: dict[int, Article]) -> list[Article]:
    keys = dict.fromkeys(statement.article for statement in post.statements)
    return [articles[key] for key in keys if key in articles]


def open_suggestions() -> QuerySet[Suggestion]:
    """What waits for an editor, the best first: not what merges or editors' words settled meanwhile."""
    apart = Distinction.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
    waiting = Suggestion.objects.filter(
        ~Exists(apart),
        Q(second__isnull=True) | Q(second__merged_into__isnull=True),
        status=Suggestion.Status.OPEN,
        first__merged_into__isnull=True,
    )
    return waiting.select_related("first", "second").order_by("-score", "id")


def next_suggestion(after: Suggestion | None = None) -> Suggestion | None:
    """The best that waits; with `after`, the best that is not better than that one."""
    waiting = open_suggestions()
    if after is not None:
        waiting = waiting.filter(Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk))
    return waiting.first()


def withdrawn_quotes(speaker: Speaker) -> QuerySet[Quote]:
    """Quotes that readers may have seen as `speaker`'s and that are his or hers no longer, latest first."""
    theirs, gone = withdrawn_from([speaker.pk], family_of(speaker))
    return (theirs | gone).order_by("-updated_at")


def withdrawn_from(
    speakers: Collection[int], family: Collection[int]
) -> tuple[QuerySet[Quote], QuerySet[Quote]]:
    """What readers may have seen as words of one of these and no longer do: still theirs, and others' now.

    Apart, so that each is read out of an index; in no order. All are keys, `family`
    of whom were merged into them, too.
    """
    steps = ReviewDecision.objects.filter(_was_shown(), from_speaker__in=family)
    was_theirs = Exists(steps.filter(quote=OuterRef("pk")))
    # What became theirs when nobody was shown it any more was never seen as theirs.
    seen = Q(confidence__gte=settings.PUBLISH_THRESHOLD) | was_theirs
    theirs = quotes_withdrawn().filter(seen, speaker__in=speakers)
    # Most steps confirm what is shown: they are passed over by what the index has.
    confirmed = Q(to_speaker=F("from_speaker"), to_status=Quote.Status.APPROVED)
    ended = steps.exclude(confirmed).values("quote")
    left = Q(speaker__isnull=True) | ~Q(speaker__in=speakers)
    return theirs, Quote.objects.filter(left, pk__in=ended, publication__isnull=False)


def quotes_withdrawn() -> QuerySet[Quote]:
    """Quotes that were public and are no longer, in no order."""
    # Not by a join: engines would begin with the publications, of which they go through all.
    return Quote.objects.filter(Exists(Publication.objects.filter(quote=OuterRef("pk"), is_public=False)))


def with_steps(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Each quote with its decisions, and these with whose it was before."""
    steps = ReviewDecision.objects.select_related("from_speaker__merged_into")
    return quotes.prefetch_related(Prefetch("decisions", steps))


def shown_as(quote: Quote, family: Collection[int] = ()) -> Speaker | None:
    """As whose words readers saw a quote before it was withdrawn; one of `family`, keys, if that is given.

    Of a quote that comes `with_steps`. Who was only guessed at is nobody.
    """
    for step in quote.decisions.all():
        if step.from_speaker is None or (family and step.from_speaker_id not in family):
            continue
        sure = (step.from_confidence or 0) >= settings.PUBLISH_THRESHOLD
        if sure or step.from_status == Quote.Status.APPROVED or step.editor_id is None:
            return resolve_redirects(step.from_speaker)
    return quote.speaker


def withdrawals_of(quote: Quote) -> QuerySet[ReviewDecision]:
    """The steps that withdrew `quote` from a speaker as whose readers may have seen it, latest first."""
    refused = (Quote.Status.REJECTED, Quote.Status.DISPUTED, Quote.Status.RETRACTED)
    taken = Q(editor__isnull=True) | ~Q(to_speaker=F("from_speaker")) | Q(to_status__in=refused)
    steps = quote.decisions.filter(_was_shown() & taken, from_speaker__isnull=False)
    return steps.exclude(from_status__in=refused).order_by("-pk")


def _was_shown(of: str = "") -> Q:
    """The condition under which a step, or the steps `of` a quote, began at what readers may have seen.

    The extractor's steps, those without an editor, are kept only of what was public then.
    """
    sure = Q((f"{of}from_confidence__gte", settings.PUBLISH_THRESHOLD))
    approved = Q((f"{of}from_status", Quote.Status.APPROVED))
    return sure | approved | Q((f"{of}editor__isnull", True))


def stored_articles() -> QuerySet[Article]:
    """All articles with what is shown of them, but not their texts."""
    return (
        Article.objects.filter(current_revision__isnull=False)
        .select_related("source", "current_revision")
        .defer("current_revision__text")
    )
