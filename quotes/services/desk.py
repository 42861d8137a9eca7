"""Who has which article at the review desk: one editor at a time, for as long as he or she works on it."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.utils import timezone

from quotes.models import DeskLease, PassedOver
from quotes.services.deadlocks import transactional

IDLE = timedelta(minutes=10)  # without a sign of the editor, until the article is anybody's
_PASSED = timedelta(hours=12)  # for which an article counts as passed over


@transactional
def take(*, article_id: int, editor: User | AnonymousUser) -> DeskLease:
    """Take an article, or keep it for longer. Returns whose it is now, and until when: perhaps another's.

    Of two who take it at once the second waits for the first at the unique row, and finds it there.
    """
    now = timezone.now()
    ours = Q(article=article_id) | Q(editor=editor.pk)
    DeskLease.objects.filter(ours, until__lte=now).delete()
    wanted = DeskLease(article_id=article_id, editor_id=editor.pk, until=now + IDLE)
    DeskLease.objects.bulk_create([wanted], ignore_conflicts=True)
    DeskLease.objects.filter(article=article_id, editor=editor.pk).update(until=wanted.until)
    lease = DeskLease.objects.select_related("editor").filter(article=article_id).first()
    # None where whoever had it let go of it this very moment.
    return lease or take(article_id=article_id, editor=editor)


@transactional
def leave(*, article_id: int, editor: User | AnonymousUser, queue: str) -> None:
    """Let go of an article: others may have it, and to this editor it comes last in this queue."""
    now = timezone.now()
    DeskLease.objects.filter(article=article_id, editor=editor.pk).delete()
    theirs = PassedOver.objects.filter(editor=editor.pk)
    theirs.filter(at__lt=now - _PASSED).delete()
    passed = PassedOver(article_id=article_id, editor_id=editor.pk, queue=queue, at=now)
    PassedOver.objects.bulk_create(
        [passed], update_conflicts=True, unique_fields=["editor", "queue", "article"], update_fields=["at"]
    )


@transactional
def begin_again(*, editor: User | AnonymousUser, queue: str) -> int:
    """Forget what the editor passed over in this queue. Returns how many articles that were."""
    return PassedOver.objects.filter(editor=editor.pk, queue=queue).delete()[0]
