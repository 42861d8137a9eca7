"""What a newer extractor says of what an editor approved: kept beside it, until an editor answers."""

from collections.abc import Collection, Sequence

from quotes.extraction import ExtractedQuote, ResolvedSpeaker
from quotes.folding import fold_name
from quotes.models import Article, Link, Proposal, Quote, ReviewDecision, Speaker, SpeakerAlias
from quotes.selectors import resolve_redirects

_LONGEST_NAME = 200
_WORDS = (  # an editor's own words: the extractor never had them
    ReviewDecision.Action.ADD,
    ReviewDecision.Action.BOUNDS,
    ReviewDecision.Action.SPLIT,
    ReviewDecision.Action.JOIN,
)

Found = Sequence[tuple[Quote, ExtractedQuote | None]]


def propose(*, article: Article, version: str, found: Found) -> int:
    """Keep what this version reads otherwise of approved quotes, each with what it found there, if anything.

    Not what the version says that the editor saw, nor a speaker whom an editor took the quote from. Returns
    how many proposals are new, or others than before. In a transaction that has the quotes locked.
    """
    asked = [(quote, new) for quote, new in found if _is_asked(quote, version)]
    if not asked:
        return 0
    quotes = [quote for quote, _ in asked]
    meant = _meant(article)
    known = _known_as(quotes)
    settled = _settled(quotes)
    before = Proposal.objects.in_bulk([quote.pk for quote in quotes])
    new: list[Proposal] = []
    stale: list[int] = []
    for quote, one in asked:
        if one is None:
            proposal = None if quote.pk in settled else Proposal(quote=quote, version=version)
        else:
            proposal = _proposal(quote, one, version, meant, known)
        last = before.get(quote.pk)
        if proposal is None:
            stale += [quote.pk] if last and last.answer_id is None else []
        elif last is None or (last.name, last.kind) != (proposal.name, proposal.kind):
            new.append(proposal)
    Proposal.objects.filter(pk__in=[*stale, *(one.pk for one in new)]).delete()
    Proposal.objects.bulk_create(new)
    return len(new)


def is_open(quote: Quote) -> bool:
    """Whether something is proposed of the quote that nobody answered."""
    return Proposal.objects.filter(quote=quote, answer=None).exists()


def answer(*, step: ReviewDecision) -> None:
    """An editor decided about the quote: nothing is proposed of it any more."""
    Proposal.objects.filter(quote=step.quote_id, answer=None).update(answer=step)


def take_back(*, step: ReviewDecision) -> None:
    """The decision was taken back: what it answered is open again."""
    Proposal.objects.filter(answer=step).update(answer=None)


def _is_asked(quote: Quote, version: str) -> bool:
    return (
        quote.review_status == Quote.Status.APPROVED
        and quote.gone_at is None
        and quote.extractor_version != version
    )


def _proposal(
    quote: Quote,
    found: ExtractedQuote,
    version: str,
    meant: dict[tuple[str, str], Speaker],
    known: dict[int, set[tuple[str, str]]],
) -> Proposal | None:
    """None where the speaker is who it was, or was once, or nobody."""
    speaker = found.speaker
    if speaker is None:
        return None
    key = _key(speaker)
    record = meant.get(key)
    if key in known[quote.pk] or (record and _main_name(record) in known[quote.pk]):
        return None
    return Proposal(
        quote=quote,
        version=version,
        name=speaker.name[:_LONGEST_NAME],
        kind=speaker.kind.value,
        speaker=record,
        confidence=found.confidence,
        reasons=list(found.reasons),
    )


def _meant(article: Article) -> dict[tuple[str, str], Speaker]:
    """Whom the article means by its names."""
    links = Link.objects.filter(article=article).select_related("speaker__merged_into")
    return {(one.kind, one.folded): resolve_redirects(one.speaker) for one in links}


def _known_as(quotes: Collection[Quote]) -> dict[int, set[tuple[str, str]]]:
    """For each quote all names of its speaker, and of those from whom an editor took it."""
    steps = ReviewDecision.objects.filter(quote__in=quotes, editor__isnull=False, from_speaker__isnull=False)
    bearers = {quote.pk: {quote.speaker_id} - {None} for quote in quotes}
    for pk, bearer in steps.values_list("quote", "from_speaker"):
        bearers[pk].add(bearer)
    speakers = Speaker.objects.in_bulk(set().union(*bearers.values()))
    names = {pk: {_main_name(speaker)} for pk, speaker in speakers.items()}
    for pk, folded in SpeakerAlias.objects.filter(speaker__in=names).values_list("speaker", "folded"):
        names[pk].add((speakers[pk].kind, folded))
    return {
        pk: set().union(*(names[bearer] for bearer in theirs if bearer)) for pk, theirs in bearers.items()
    }


def _settled(quotes: Collection[Quote]) -> set[int]:
    """Keys of those whose words an editor chose."""
    steps = ReviewDecision.objects.filter(quote__in=quotes, action__in=_WORDS)
    return set(steps.values_list("quote", flat=True))


def _main_name(speaker: Speaker) -> tuple[str, str]:
    return speaker.kind, fold_name(speaker.name)


def _key(speaker: ResolvedSpeaker) -> tuple[str, str]:
    return speaker.kind.value, fold_name(speaker.name)
