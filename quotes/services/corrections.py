"""What editors mend in a quote itself: its words, its kind, quotes that were missed; and notes about it.

Each step is kept as a decision. What an editor marked no later reading changes.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User

from quotes.models import Article, By, Quote, ReviewDecision, Speaker, SpeakerChange
from quotes.selectors import resolve_redirects
from quotes.services import publications
from quotes.services.deadlocks import transactional
from quotes.services.review import Guard, ReviewError, locked_quotes, no_guard
from quotes.services.wording import (
    BY_HAND,
    NOBODYS_WORD,
    Segments,
    Words,
    change_words,
    checked,
    given_up,
    joined,
    keep_made,
    keep_step,
    locked_with_articles,
    meet,
    put,
    refuse_overlap,
    stretches,
)
from quotes.services.words import index_quotes

_Action = ReviewDecision.Action


@transactional
def set_bounds(
    *,
    quote: Quote,
    segments: Segments,
    editor: User | AnonymousUser,
    note: str = "",
    guard: Guard = no_guard,
) -> bool:
    """Let the quote be these stretches of its text, and approve it. Returns whether anything changed.

    Raises ReviewError for stretches that are none, and for words that are another quote already.
    """
    (locked,) = locked_with_articles([quote], guard)
    clean = checked(segments, locked.revision)
    if clean == locked.segments and locked.review_status == Quote.Status.APPROVED:
        return False
    if locked.speaker is None:
        raise ReviewError("it has no speaker: say who said it first")
    if not meet(clean, locked.segments):
        raise ReviewError("none of these words are the quote's: reject it, and add the other one")
    refuse_overlap(locked.revision, clean, besides=[locked])
    step = keep_step(locked, editor, action=_Action.BOUNDS, to_status=Quote.Status.APPROVED, note=note)
    change_words(locked, step, clean)
    locked.review_status = Quote.Status.APPROVED
    locked.save()
    index_quotes(quotes=[locked])
    publications.refresh(quotes=Quote.objects.filter(pk=locked.pk), by=By.EDITOR)
    return True


@transactional
def set_kind(
    *, quote: Quote, kind: str, editor: User | AnonymousUser, note: str = "", guard: Guard = no_guard
) -> bool:
    """Say of what kind it is; one that nobody decided about is approved. Returns whether anything changed.

    Raises ReviewError for a quote with no speaker that would be approved.
    """
    (locked,) = locked_quotes([quote], guard)
    is_new = locked.review_status == Quote.Status.UNREVIEWED
    if locked.kind == kind and not is_new:
        return False
    if is_new and locked.speaker is None:
        raise ReviewError("it has no speaker: say who said it first")
    status = Quote.Status.APPROVED if is_new else Quote.Status(locked.review_status)
    kinds = {} if locked.kind == kind else {"from_kind": locked.kind, "to_kind": kind}
    keep_step(locked, editor, action=_Action.KIND, to_status=status, note=note, **kinds)
    locked.kind, locked.review_status = kind, status
    locked.save(update_fields=["kind", "review_status", "updated_at"])
    publications.refresh(quotes=Quote.objects.filter(pk=locked.pk), by=By.EDITOR)
    return True


@transactional
def add_note(*, quote: Quote, note: str, editor: User | AnonymousUser, guard: Guard = no_guard) -> bool:
    """Keep a note about a quote, for editors. Returns whether it is new. Raises ReviewError for none."""
    if not note.strip():
        raise ReviewError("the note is empty: write something")
    (locked,) = locked_quotes([quote], guard)
    last = locked.decisions.order_by("-pk").first()
    if last and (last.action, last.note, last.editor_id) == (_Action.NOTE, note, editor.pk):
        return False
    keep_step(locked, editor, action=_Action.NOTE, note=note)
    return True


@transactional
def add_quote(
    *,
    article: Article,
    segments: Segments,
    speaker: Speaker,
    kind: str = Quote.Kind.DIRECT,
    revision: int | None = None,
    editor: User | AnonymousUser,
    note: str = "",
) -> Quote:
    """A quote that no reading found, approved.

    `revision` is the number of the text that the stretches were counted in. Raises ReviewError where there is
    another text by now, where the article was not read yet, and for words that are a quote already.
    """
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    current = locked.revision
    if revision is not None and revision != current.number:
        raise ReviewError(f"the article has another text by now, revision {current.number}: look at that one")
    if not locked.extractor_version:
        raise ReviewError("the article was not read yet: see first what is found in it")
    clean = checked(segments, current)
    added = given_up(current, clean) or Quote(revision=current)
    refuse_overlap(current, clean, besides=[added])
    put(added, stretches(current, clean) | NOBODYS_WORD)
    added.source_id, added.speaker, added.kind = locked.source_id, speaker, kind
    added.attributed_by, added.confidence, added.extractor_version = By.EDITOR, None, BY_HAND
    added.review_status, added.gone_at = Quote.Status.APPROVED, None
    added.dated_at = locked.published_at or locked.created_at
    added.save()
    index_quotes(quotes=[added])
    keep_made(added, editor, action=_Action.ADD, note=note)
    publications.refresh(quotes=Quote.objects.filter(pk=added.pk), by=By.EDITOR)
    return added


@transactional
def reopen(
    *, quotes: Iterable[Quote], editor: User | AnonymousUser, note: str = "", guard: Guard = no_guard
) -> int:
    """Take back what editors decided: the speaker and the words are the extractor's again, and unreviewed.

    Who was moved or merged since stays so: that was said of the speakers, not of the quote. One that an
    editor had added is nobody's then. Words of a text that is no longer the article's stay as they are until
    the next reading. Returns how many changed. Raises ReviewError, and changes none, where the words from
    before are another quote by now.
    """
    locked = locked_with_articles(quotes, guard)
    changed = [quote.pk for quote in locked if reopen_locked(quote, editor, note=note)]
    publications.refresh(quotes=Quote.objects.filter(pk__in=changed), by=By.EDITOR)
    return len(changed)


def reopen_locked(
    quote: Quote, editor: User | AnonymousUser, *, note: str, batch: UUID | None = None
) -> bool:
    """As `reopen`, for one that is locked with its article. Returns whether anything changed."""
    if quote.review_status == Quote.Status.UNREVIEWED:
        return False
    steps = _since_unreviewed(quote)
    speaker = _speaker_before(quote, steps[0]) if steps else quote.speaker
    confidence = steps[0].from_confidence if steps else quote.confidence
    kind = next((step.from_kind for step in steps if step.from_kind), quote.kind)
    kinds = {} if kind == quote.kind else {"from_kind": quote.kind, "to_kind": kind}
    step = keep_step(
        quote,
        editor,
        action=_Action.REOPEN,
        to_status=Quote.Status.UNREVIEWED,
        to_speaker=speaker,
        note=note,
        batch=batch,
        **kinds,
    )
    if words := next((step.from_words for step in steps if step.from_words), None):
        _put_back(quote, step, words)
    quote.kind = kind
    quote.speaker, quote.review_status = speaker, Quote.Status.UNREVIEWED
    if speaker is None:
        quote.attributed_by, quote.confidence = By.EXTRACTOR, 0.0
    else:
        quote.attributed_by = By.EDITOR if confidence is None else By.EXTRACTOR
        quote.confidence = confidence
    quote.save()
    index_quotes(quotes=[quote])
    return True


def _since_unreviewed(quote: Quote) -> list[ReviewDecision]:
    """The steps that made of the extractor's quote what it is now, the earliest first."""
    since: list[ReviewDecision] = []
    for step in quote.decisions.select_related("from_speaker").order_by("pk"):
        since = [] if step.to_status == Quote.Status.UNREVIEWED else [*since, step]
    return since


def _speaker_before(quote: Quote, step: ReviewDecision) -> Speaker | None:
    """Whose it was before `step`, or who has that one's quotes since: moves and merges that took it along."""
    speaker = step.from_speaker
    if speaker is None:
        return None
    changes = SpeakerChange.objects.filter(quotes=quote).select_related("source", "target")
    moves = [(change.made_at, change.source, change.target) for change in changes]
    moves += [(change.undone_at, change.target, change.source) for change in changes if change.undone_at]
    for at, source, target in sorted(moves, key=lambda move: move[0]):
        if at > step.decided_at and source == speaker:
            speaker = target
    return resolve_redirects(speaker)


def _put_back(quote: Quote, step: ReviewDecision, words: Words) -> None:
    """Give a quote the words that it had, where they still stand there. Raises ReviewError."""
    revision, segments = quote.revision, words["segments"]
    if joined(revision.text, segments) == words["text"]:
        refuse_overlap(revision, segments, besides=[quote])
        change_words(quote, step, segments)
