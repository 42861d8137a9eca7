"""What readers report about quotes: kept for editors, closed by what these decide.

A report changes nothing of what is public.
"""

from hashlib import sha256

from django.db.models import F
from django.utils import timezone

from quotes.folding import fold
from quotes.models import Quote, Report, ReviewDecision
from quotes.services.deadlocks import transactional

LONGEST_NOTE = 1000  # characters
MOST_OPEN = 50  # of a quote: who reads all of these needs no more


class ReportError(ValueError):
    """It cannot be taken as it is; the message says what to do."""


@transactional
def report(*, quote: Quote, fault: str, note: str = "") -> Report | None:
    """Keep what a reader says is wrong with a quote; None where too much about it waits already.

    Who says what somebody has said before is counted with that. Raises ReportError for a fault that there is
    not, and for a note that is too long or no text.
    """
    if fault not in Report.Fault.values:
        raise ReportError("say what is wrong: choose one of the answers")
    if "\0" in note:
        raise ReportError("there is a character in the note that is no text: write it again")
    note = note.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise ReportError(f"the note has {len(note):,} characters: {LONGEST_NOTE:,} are the most")
    if fault == Report.Fault.OTHER and not note:
        raise ReportError("say in the note what is wrong")
    now = timezone.now()
    print_ = sha256(f"{fault}\n{' '.join(fold(note).split())}".encode()).hexdigest()
    # One reader after the other, so that two who say the same at once are counted together.
    Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    waiting = Report.objects.filter(quote=quote, closed_at__isnull=True)
    if known := waiting.filter(fingerprint=print_).first():
        waiting.filter(pk=known.pk).update(count=F("count") + 1, repeated_at=now)
        known.refresh_from_db()
        return known
    if waiting.count() >= MOST_OPEN:
        return None
    return Report.objects.create(quote=quote, fault=fault, note=note, fingerprint=print_, repeated_at=now)


def has_open(quote: Quote) -> bool:
    return Report.objects.filter(quote=quote, closed_at__isnull=True).exists()


def close(*, decision: ReviewDecision) -> int:
    """An editor decided about the quote, in this transaction: nothing that was reported waits any more.

    Returns how many reports that closed.
    """
    waiting = Report.objects.filter(quote=decision.quote_id, closed_at__isnull=True)
    return waiting.update(closed_at=timezone.now(), closed_by=decision.editor_id, decision=decision)


def open_again(*, decision: ReviewDecision) -> None:
    """What a decision had closed waits again, since it was taken back in this transaction.

    But for what somebody has said again since then.
    """
    closed = Report.objects.filter(decision=decision)
    again = Report.objects.filter(quote=decision.quote_id, closed_at__isnull=True).values("fingerprint")
    closed.exclude(fingerprint__in=list(again.values_list("fingerprint", flat=True))).update(
        closed_at=None, closed_by=None, decision=None
    )
