"""Speakers merged, split, renamed and put back: each step in one transaction, kept, and undone row by row.

A merged speaker stays as a redirect. Its names are copied to the other, its quotes, roles and links move.
Undoing gives back what the step moved and is still where it put it; what came later stays where it came.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from quotes.folding import fold_name
from quotes.models import (
    By,
    Distinction,
    FormerSlug,
    Link,
    Quote,
    ReviewDecision,
    RoleStatement,
    Speaker,
    SpeakerAlias,
    SpeakerChange,
)
from quotes.selectors import distinction_between
from quotes.services import publications
from quotes.services.deadlocks import transactional
from quotes.services.speakers import add_alias, free_slug, remove_alias, save_speaker, slug_of

Editor = User | AnonymousUser


class MergeError(ValueError):
    """The step makes no sense as it is; the message says what to do."""


@transactional
def merge_speakers(*, source: Speaker, target: Speaker, editor: Editor, note: str = "") -> SpeakerChange:
    """Make `source` one with `target`: all that is its becomes the target's, its addresses lead there.

    Of two kinds, as where an article took a company for a person, the target's stays; what is read as the
    other kind leads there, too.

    Raises MergeError for a speaker and itself, where one of them is merged already, and for two who an
    editor, or Wikidata, says are not the same.
    """
    source, target = _locked(source, target)
    for one in (source, target):
        if one.merged_into_id is not None:
            raise MergeError(f"{one} ({one.slug}) is merged already: take whom it is merged into")
    ids = {source.wikidata_id, target.wikidata_id} - {None}
    if len(ids) > 1:
        raise MergeError(
            f"Wikidata knows {source} and {target} as two ({' and '.join(sorted(map(str, ids)))})"
        )
    if told := distinction_between(source, target):
        raise MergeError(f"{told}, {told.editor} said: withdraw that first")
    change = _change(SpeakerChange.Kind.MERGE, source, target, editor, note)
    _move_quotes(change, list(Quote.objects.filter(speaker=source).values_list("pk", flat=True)))
    _move_roles(change, RoleStatement.objects.filter(speaker=source).values_list("pk", flat=True))
    _move_links(change, Link.objects.filter(speaker=source).values_list("pk", flat=True))
    _copy_names(change)
    Speaker.objects.filter(pk=source.pk).update(merged_into=target)
    publications.refresh(quotes=change.quotes.all(), by=By.EDITOR)
    return change


@transactional
def move_quotes(
    *, quotes: Iterable[Quote], target: Speaker | str, editor: Editor, note: str = ""
) -> SpeakerChange:
    """Give quotes of one speaker to another, or to a new speaker of the name `target`.

    Their review status stays; readers who were shown them as the first speaker's get a tombstone. A name
    of an article that has no quotes left there leads to the target from now on. A new speaker is told apart
    from the first one: that the two are not the same binds later matches.
    Raises MergeError for no quotes, quotes of several speakers or of nobody.
    """
    keys = sorted({quote.pk for quote in quotes})
    chosen = list(
        Quote.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .order_by("pk")
        .prefetch_related("speaker")  # afterwards, as services.review does
    )
    owners = list({quote.speaker_id: quote.speaker for quote in chosen}.values())
    source = owners[0] if len(owners) == 1 else None
    if source is None:
        raise MergeError("choose quotes of one speaker, at least one")
    made = isinstance(target, str)
    if isinstance(target, str):
        if not target.strip():
            raise MergeError("the new speaker needs a name")
        target = save_speaker(speaker=Speaker(name=target.strip()[:200], kind=source.kind))
    source, target = _locked(source, target)
    if target.merged_into_id is not None:
        raise MergeError(f"{target} ({target.slug}) is merged already: take whom it is merged into")
    change = _change(SpeakerChange.Kind.MOVE, source, target, editor, note, made_target=made)
    if made:
        tell_apart(one=source, other=target, editor=editor, note=note, change=change)
    articles = set(Quote.objects.filter(pk__in=keys).values_list("revision__article", flat=True))
    _record_steps(change, chosen)
    _move_quotes(change, keys)
    left = set(
        Quote.objects.filter(speaker=source, revision__article__in=articles).values_list(
            "revision__article", flat=True
        )
    )
    _move_links(
        change, Link.objects.filter(speaker=source, article__in=articles - left).values_list("pk", flat=True)
    )
    _move_roles(
        change,
        RoleStatement.objects.filter(speaker=source, article__in=articles - left).values_list(
            "pk", flat=True
        ),
    )
    publications.refresh(quotes=change.quotes.all(), by=By.EDITOR)
    return change


@transactional
def rename_speaker(*, speaker: Speaker, name: str, editor: Editor, note: str = "") -> SpeakerChange:
    """Give `speaker` another main name, and a slug after it; the old name and the old slug lead there.

    Raises MergeError for no name, the same name, and a merged speaker.
    """
    name = " ".join(name.split())[:200]
    locked = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk)
    if not fold_name(name):
        raise MergeError("give a name with a letter in it")
    if name == locked.name:
        raise MergeError(f"{name} is the name already: give another")
    if locked.merged_into_id is not None:
        raise MergeError(f"{locked} ({locked.slug}) is merged: rename whom it is merged into")
    change = _change(SpeakerChange.Kind.RENAME, locked, locked, editor, note)
    change.old_name, change.old_slug, change.new_name = locked.name, locked.slug, name
    change.save(update_fields=["old_name", "old_slug", "new_name"])
    known = set(locked.aliases.values_list("pk", flat=True))
    slug = slug_of(name)
    if slug != slug_of(locked.name):
        own = locked.former_slugs.filter(slug=slug).exists()
        _change_slug(locked, slug if own else free_slug(name))
    locked.name = name
    save_speaker(speaker=locked)
    add_alias(speaker=locked, name=name, origin=SpeakerAlias.Origin.EDITOR)
    change.aliases.set(locked.aliases.exclude(pk__in=known))
    speaker.name, speaker.slug = locked.name, locked.slug
    return change


@transactional
def tell_apart(
    *, one: Speaker, other: Speaker, editor: Editor, note: str = "", change: SpeakerChange | None = None
) -> Distinction:
    """Keep that two speakers are not the same. Raises MergeError for one and the same, and merged ones."""
    one, other = _locked(one, other)
    for speaker in (one, other):
        if speaker.merged_into_id is not None:
            raise MergeError(f"{speaker} ({speaker.slug}) is merged: undo that first")
    if editor.pk is None:
        raise MergeError("nobody is logged in: log in first")
    first, second = sorted((one, other), key=lambda speaker: speaker.pk)
    told, made = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"editor_id": editor.pk, "note": note, "change": change}
    )
    if not made and change is None and told.change is not None:
        told.change = None  # said by itself now: it outlives the split
        told.save(update_fields=["change"])
    return told


def withdraw_distinction(*, distinction: Distinction) -> None:
    """Let two speakers be taken for one again."""
    distinction.delete()


@transactional
def undo_change(*, change: SpeakerChange, editor: Editor) -> SpeakerChange:
    """Put back what a step changed. Raises MergeError when it is undone, or others stand on it."""
    locked = SpeakerChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if locked.undone_at is not None:
        raise MergeError("this step is undone already")
    if locked.kind == SpeakerChange.Kind.RENAME:
        _undo_rename(locked)
        return _undone(locked, editor)
    source, target = _locked(locked.source, locked.target)
    if target.merged_into_id is not None:
        raise MergeError(f"{target} was merged since: undo that first")
    if locked.kind == SpeakerChange.Kind.MERGE:
        if source.merged_into_id != target.pk:
            raise MergeError(f"{source} is not merged into {target} any more")
        Speaker.objects.filter(pk=source.pk).update(merged_into=None)
    elif source.merged_into_id is not None:
        raise MergeError(f"{source} was merged since: undo that first")
    back = list(locked.quotes.filter(speaker=target).order_by("pk"))
    if locked.kind == SpeakerChange.Kind.MOVE:
        _record_steps(locked, back, undone_by=editor)
    Quote.objects.filter(pk__in=[quote.pk for quote in back]).update(speaker=source)
    locked.roles.filter(speaker=target).update(speaker=source)
    locked.links.filter(speaker=target).update(speaker=source)
    for alias in locked.aliases.filter(count=0).exclude(origin=SpeakerAlias.Origin.EDITOR):
        remove_alias(alias=alias)
    locked.distinctions.all().delete()
    publications.refresh(quotes=Quote.objects.filter(pk__in=[quote.pk for quote in back]), by=By.EDITOR)
    return _undone(locked, editor)


def _undo_rename(change: SpeakerChange) -> None:
    speaker = Speaker.objects.select_for_update(of=("self",)).get(pk=change.source_id)
    if speaker.name != change.new_name:
        raise MergeError(f"{speaker} was renamed since: undo that first")
    if speaker.merged_into_id is not None:
        raise MergeError(f"{speaker} was merged since: undo that first")
    if speaker.slug != change.old_slug:
        _change_slug(speaker, change.old_slug)
    speaker.name = change.old_name
    save_speaker(speaker=speaker)
    for alias in change.aliases.filter(count=0):
        remove_alias(alias=alias)


def _change_slug(speaker: Speaker, slug: str) -> None:
    """The old slug leads to the speaker from now on; a former one of the speaker's own is taken back."""
    FormerSlug.objects.filter(speaker=speaker, slug=slug).delete()
    FormerSlug.objects.create(speaker=speaker, slug=speaker.slug)
    speaker.slug = slug


def _undone(locked: SpeakerChange, editor: Editor) -> SpeakerChange:
    locked.undone_at, locked.undone_by_id = timezone.now(), editor.pk
    locked.save(update_fields=["undone_at", "undone_by"])
    return locked


def _locked(source: Speaker, target: Speaker) -> tuple[Speaker, Speaker]:
    """Both, locked in one order for everybody. Raises MergeError for one and the same."""
    if source.pk == target.pk:
        raise MergeError(f"{source} is the same on both sides: choose another speaker")
    rows = (
        Speaker.objects.select_for_update(of=("self",)).filter(pk__in=(source.pk, target.pk)).order_by("pk")
    )
    found = {row.pk: row for row in rows}
    return found[source.pk], found[target.pk]


def _change(
    kind: SpeakerChange.Kind,
    source: Speaker,
    target: Speaker,
    editor: Editor,
    note: str,
    *,
    made_target: bool = False,
) -> SpeakerChange:
    if editor.pk is None:
        raise MergeError("nobody is logged in: log in first")
    return SpeakerChange.objects.create(
        kind=kind, source=source, target=target, editor_id=editor.pk, note=note, made_target=made_target
    )


def _move_quotes(change: SpeakerChange, keys: Iterable[int]) -> None:
    moved = list(keys)
    change.quotes.set(moved)
    Quote.objects.filter(pk__in=moved).update(speaker=change.target)


def _move_roles(change: SpeakerChange, keys: Iterable[int]) -> None:
    """All but those that the same article says of the target too."""
    there = set(RoleStatement.objects.filter(speaker=change.target).values_list("article", "folded"))
    rows = RoleStatement.objects.filter(pk__in=list(keys))
    moved = [row.pk for row in rows if (row.article_id, row.folded) not in there]
    change.roles.set(moved)
    RoleStatement.objects.filter(pk__in=moved).update(speaker=change.target)


def _move_links(change: SpeakerChange, keys: Iterable[int]) -> None:
    moved = list(keys)
    change.links.set(moved)
    Link.objects.filter(pk__in=moved).update(speaker=change.target)


def _copy_names(change: SpeakerChange) -> None:
    """The target goes by the source's names too. The source keeps its own, for the way back."""
    known = set(change.target.aliases.values_list("folded", flat=True))
    names = [alias for alias in change.source.aliases.order_by("pk") if alias.folded not in known]
    for alias in names:
        mention = alias.origin == SpeakerAlias.Origin.MENTION
        origin = SpeakerAlias.Origin.MENTION if mention else SpeakerAlias.Origin.ARTICLE
        add_alias(speaker=change.target, name=alias.name, origin=origin)
    change.aliases.set(change.target.aliases.exclude(folded__in=known))


def _record_steps(change: SpeakerChange, quotes: Iterable[Quote], undone_by: Editor | None = None) -> None:
    """A step in the history of each quote, from which its tombstone follows."""
    before, after = change.source_id, change.target_id
    taken: dict[int, int] = {}
    if undone_by is not None:
        before, after = after, before
        steps = ReviewDecision.objects.filter(batch=change.public_id, undoes=None, redoes=None)
        taken = dict(steps.values_list("quote", "pk"))
    ReviewDecision.objects.bulk_create(
        ReviewDecision(
            quote=quote,
            editor_id=undone_by.pk if undone_by is not None else change.editor_id,
            action=ReviewDecision.Action.MOVE if undone_by is None else ReviewDecision.Action.UNDO,
            batch=change.public_id,
            undoes_id=taken.get(quote.pk),
            from_status=quote.review_status,
            to_status=quote.review_status,
            from_speaker_id=before,
            to_speaker_id=after,
            from_confidence=quote.confidence,
            note=change.note,
        )
        for quote in quotes
    )
