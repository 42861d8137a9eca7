"""What the page of the desk is given, as JSON: of a quote, the fields that the API has, under their names.

So a quote that comes with the page and one that comes back from a decision are one thing to it.
"""

from collections.abc import Iterable
from typing import Any

from quotes.models import Article, Proposal, Quote, Report, ReviewDecision, Speaker
from quotes.reviewing import PersonInArticle, proposal_of
from quotes.search import Candidate
from quotes.services.undoing import standing
from quotes.versions import version_of


def article_shown(article: Article) -> dict[str, Any]:
    revision = article.revision
    return {
        "id": article.urn,
        "title": revision.title or article.canonical_url,
        "source": article.source.name,
        "url": article.web_url,
        "published_at": article.published_at,
        "revision": revision.number,
        "text": revision.text,
    }


def quote_shown(quote: Quote, elsewhere: Iterable[Quote] = ()) -> dict[str, Any]:
    """A quote with its `etag`, and where its words stand `elsewhere`."""
    steps = quote.decisions.all()
    stands = standing(steps)
    return {
        "id": quote.urn,
        "etag": f'"{version_of(quote)}"',
        "text": quote.text,
        "kind": quote.kind,
        "speaker": _speaker(quote.speaker),
        "segments": quote.segments,
        "mention": _span(quote.mention_text, quote.mention_start, quote.mention_end),
        "cue": _span(quote.cue_text, quote.cue_start, quote.cue_end),
        "attributed_by": quote.attributed_by,
        "confidence": quote.confidence,
        "review_status": quote.review_status,
        "is_public": getattr(quote, "is_public", False),
        "gone_at": quote.gone_at,
        "reasons": [] if quote.is_editors_attribution else quote.reasons,
        "source_url": quote.source_url,
        "decisions": [_step(step) for step in steps],
        "undoable": stands.undoable and stands.undoable.pk,
        "redoable": stands.redoable,
        "proposal": _proposal(proposal_of(quote)),
        "reports": [_report(one) for one in getattr(quote, "open_reports", ())],
        "elsewhere": [_copy(copy) for copy in elsewhere],
    }


def person_shown(person: PersonInArticle) -> dict[str, Any]:
    return {**_person(person.speaker), "role": person.role}


def candidate_shown(candidate: Candidate) -> dict[str, Any]:
    speaker = candidate.speaker
    return {
        **_person(speaker),
        "role": candidate.role or speaker.description,
        "outlet": candidate.outlet,
        "quote_count": candidate.quotes,
    }


def _person(speaker: Speaker) -> dict[str, Any]:
    return {"slug": speaker.slug, "name": speaker.name, "kind": speaker.kind}


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    return None if speaker is None else _person(speaker)


def _span(text: str, start: int | None, end: int | None) -> dict[str, Any] | None:
    return {"text": text, "start": start, "end": end} if start is not None else None


def _step(step: ReviewDecision) -> dict[str, Any]:
    return {
        "id": step.pk,
        "action": step.action,
        "by": step.by,
        "editor": step.editor.get_username() if step.editor else None,
        "decided_at": step.decided_at,
        "from_status": step.from_status,
        "to_status": step.to_status,
        "from_speaker": step.from_speaker.slug if step.from_speaker else None,
        "to_speaker": step.to_speaker.slug if step.to_speaker else None,
        "from_words": step.from_words,
        "to_words": step.to_words,
        "from_kind": step.from_kind,
        "to_kind": step.to_kind,
        "reason": step.reason,
        "note": step.note,
        "public_note": step.public_note,
        "batch": step.batch and str(step.batch),
        "undoes": step.undoes_id,
        "redoes": step.redoes_id,
    }


def _proposal(proposal: Proposal | None) -> dict[str, Any] | None:
    if proposal is None:
        return None
    return {
        "version": proposal.version,
        "name": proposal.name,
        "kind": proposal.kind,
        "speaker": _speaker(proposal.speaker),
        "confidence": proposal.confidence,
        "reasons": proposal.reasons,
        "made_at": proposal.made_at,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "fault": report.fault,
        "note": report.note,
        "count": report.count,
        "reported_at": report.reported_at,
        "repeated_at": report.repeated_at,
    }


def _copy(copy: Quote) -> dict[str, Any]:
    article = copy.revision.article
    return {
        "id": copy.urn,
        "source": {"name": article.source.name},
        "title": copy.revision.title,
        "text": copy.text,
        "source_url": copy.source_url,
        "speaker": _speaker(copy.speaker),
        "review_status": copy.review_status,
    }
