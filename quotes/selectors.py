"""Every read that matters. What "public" means is said here and nowhere else."""

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from quotes.folding import fold, fold_name
from quotes.models import Article, Quote, ReviewDecision, Speaker, SpeakerAlias

_MOST_REDIRECTS = 20


def public() -> Q:
    """The condition under which the world sees a quote.

    Somebody said it, and either an editor approved it or the extractor is sure enough and still finds it.
    """
    unreviewed = Q(
        review_status=Quote.Status.UNREVIEWED,
        confidence__gte=settings.PUBLISH_THRESHOLD,
        gone_at__isnull=True,
    )
    return Q(speaker__isnull=False) & (Q(review_status=Quote.Status.APPROVED) | unreviewed)


def public_quotes() -> QuerySet[Quote]:
    """Public quotes, newest first, with all that is shown of them but not the articles' texts."""
    return (
        Quote.objects.filter(public())
        .select_related("speaker", "revision__article__source")
        .defer("revision__text")
        .order_by("-dated_at", "-id")
    )


def quotes_with_words(quotes: QuerySet[Quote], words: str) -> QuerySet[Quote]:
    """Those of `quotes` with `words` in them, whatever the case, the accents and the kind of marks."""
    return quotes.filter(folded__contains=fold(words))


def public_speakers() -> QuerySet[Speaker]:
    """Speakers with a public quote. A merged speaker has none left: it is reached by its redirect."""
    theirs = Quote.objects.filter(public(), speaker=OuterRef("pk"))
    return Speaker.objects.filter(Exists(theirs), merged_into__isnull=True)


def speakers_named(speakers: QuerySet[Speaker], name: str) -> QuerySet[Speaker]:
    """Those of `speakers` with `name` in one of the names that they go by."""
    if not (folded := fold_name(name)):
        return speakers.none()
    named = SpeakerAlias.objects.filter(speaker=OuterRef("pk"), folded__contains=folded)
    return speakers.filter(Exists(named))


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
    """The speaker known by `slug` now: a merged speaker's slug leads to who it was merged into.

    Raises Speaker.DoesNotExist.
    """
    speaker = Speaker.objects.select_related("merged_into").get(slug=slug)
    return resolve_redirects(speaker)


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


def family_of(speaker: Speaker) -> list[int]:
    """Keys of `speaker` and of all who were merged into it, whose feeds lead to its own."""
    found = [speaker.pk]
    latest = found
    for _ in range(_MOST_REDIRECTS):
        latest = list(Speaker.objects.filter(merged_into__in=latest).values_list("pk", flat=True))
        if not latest:
            break
        found += latest
    return found


def withdrawn_quotes(speaker: Speaker) -> QuerySet[Quote]:
    """Quotes that readers may have seen as `speaker`'s and that are his or hers no longer, latest first."""
    before = Q(decisions__from_speaker__in=family_of(speaker)) & _was_shown("decisions__")
    once_theirs = Q(speaker=speaker, confidence__gte=settings.PUBLISH_THRESHOLD) | before
    still_theirs = Quote.objects.filter(public(), speaker=speaker, pk=OuterRef("pk"))
    withdrawn = Quote.objects.filter(once_theirs, ~Exists(still_theirs))
    return withdrawn.distinct().order_by("-updated_at")


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
