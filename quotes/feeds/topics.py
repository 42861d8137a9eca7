"""The feeds of what has a page: a speaker, a source, an article."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from quotes.feeds.content import Topic
from quotes.feeds.formats import FORMATS
from quotes.feeds.holding import Selection
from quotes.feeds.prepared import prepared
from quotes.models import Article, Quote, Source, Speaker
from quotes.selectors import family_of, public_quotes, quotes_withdrawn, speaker_at, withdrawn_from

_COPIES = (("copies", "true"),)


def speaker_feed(speaker: Speaker, site: str, *, has_copies: bool) -> tuple[Topic, Selection]:
    topic = Topic(
        guid=f"{speaker.urn}#copies" if has_copies else speaker.urn,
        title=f"{speaker.name}: quotes",
        about=f"What {speaker.name} is quoted as saying, with links to the words in the source.",
        site=site,
        page=speaker.get_absolute_url(),
        path=path_of("speaker-feed", speaker.slug),
        parameters=_COPIES if has_copies else (),
        changed_at=speaker.updated_at,
        hub=hub_of(is_whole=not has_copies),
    )
    family = _family(speaker)
    return topic, Selection(_of_speaker, tuple(family), frozenset(family), has_copies, "speaker", count=3)


def speaker_of_feed(slug: str) -> Speaker:
    """As `selectors.speaker_at`, and sooner for who was neither renamed nor merged. For its feed alone."""
    named = ("id", "public_id", "slug", "name", "updated_at")

    def build(slug: str) -> QuerySet[Speaker, tuple[Any, ...]]:
        return Speaker.objects.filter(slug=slug, merged_into__isnull=True).order_by().values_list(*named)

    asked = prepared("speaker", build, [slug])
    found = asked.read(asked.ask([slug]))
    return Speaker(**dict(zip(named, found[0], strict=True))) if found else speaker_at(slug)


def _family(speaker: Speaker) -> list[int]:
    """As `selectors.family_of`, and sooner for into whom nobody was merged."""

    def build(key: int) -> QuerySet[Speaker, tuple[Any, ...]]:
        return Speaker.objects.filter(merged_into=key).order_by().values_list("pk")[:1]

    return family_of(speaker) if prepared("merged", build, [speaker.pk]).ask([speaker.pk]) else [speaker.pk]


def _of_speaker(*family: int) -> list[QuerySet[Quote]]:
    """`family` begins with the speaker."""
    return [public_quotes().filter(speaker=family[0]), *withdrawn_from(family[:1], family)]


def source_feed(source: Source, site: str, *, has_copies: bool) -> tuple[Topic, Selection]:
    path = path_of("source-feed", source.slug)
    topic = Topic(
        guid=guid_of(site, path, _COPIES if has_copies else ()),
        title=f"{source.name}: quotes",
        about=f"Who is quoted in {source.name}, with links to the words in the source.",
        site=site,
        page=reverse("source", args=[source.slug]),
        path=path,
        parameters=_COPIES if has_copies else (),
        hub=hub_of(is_whole=not has_copies),
    )
    return topic, Selection(_of_source, (source.pk,), has_copies=has_copies, shape="source")


def _of_source(source: int) -> list[QuerySet[Quote]]:
    return [quotes.filter(source=source) for quotes in (public_quotes(), quotes_withdrawn())]


def article_feed(article: Article, site: str) -> tuple[Topic, Selection]:
    """All quotes of an article, those that stand in others too: it is what this one says."""
    title = f"{article.revision.title or 'An article'}, {article.source.name}"
    topic = Topic(
        guid=article.urn,
        title=f"{title}: quotes",
        about="Who is quoted in this article, in the order of its text.",
        site=site,
        page=reverse("article", args=[article.public_id]),
        path=path_of("article-feed", article.public_id),
        changed_at=article.updated_at,
    )
    return topic, Selection(_of_article, (article.pk,), has_copies=True, shape="article")


def _of_article(article: int) -> list[QuerySet[Quote]]:
    return [quotes.filter(revision__article=article) for quotes in (public_quotes(), quotes_withdrawn())]


def hub_of(*, is_whole: bool) -> str:
    """The hub that is told of changes: of feeds that are whole, not of those that somebody narrowed down."""
    hub: str = settings.WEBSUB_HUB
    return hub if is_whole else ""


def guid_of(site: str, path: str, parameters: tuple[tuple[str, str], ...] = ()) -> str:
    """The id of a feed that is no record's: of its address on this site."""
    return uuid5(NAMESPACE_URL, f"{site}{path}?{parameters!r}").urn


def path_of(name: str, *of: Any) -> str:
    """The address of a feed without what it ends in."""
    suffix = next(iter(FORMATS))
    return reverse(name, args=[*of, suffix]).removesuffix(f".{suffix}")
