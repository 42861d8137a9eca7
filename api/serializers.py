"""What the API shows of each record. Read only; the articles' texts are their publishers' and stay inside."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from api.briefs import (
    BY_PUBLIC_ID,
    BY_SLUG,
    ArticleBriefSerializer,
    SourceBriefSerializer,
    SpeakerBriefSerializer,
)
from api.pieces import HitSerializer, PieceSerializer, TextSpanSerializer, text_span
from api.shaping import Shaped
from quotes.models import Article, By, Quote, Speaker, SpeakerAlias
from quotes.search.highlighting import pieces
from quotes.selectors import career_of, copies_of, figures_of, withdrawals_of
from quotes.wordings import Carried, ShownWording, carried_of

_SHOWN = 20  # articles of a role
_COPIES_SHOWN = 50


_ADDRESS_OR_QUOTES = {
    "oneOf": [
        {"type": "string", "format": "uri"},
        {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    ]
}


class SourceSerializer(Shaped, SourceBriefSerializer):
    """An outlet."""


class SpeakerSerializer(Shaped, serializers.HyperlinkedModelSerializer[Speaker]):
    """Who is quoted."""

    id = serializers.CharField(source="urn", help_text="Permanent: it outlives renames and merges.")
    aliases = serializers.SlugRelatedField[Any](slug_field="name", many=True, read_only=True)
    quote_count = serializers.IntegerField(read_only=True, help_text="Public quotes.")
    quotes = serializers.SerializerMethodField(help_text="The address of the speaker's quotes.")
    feed = serializers.SerializerMethodField(help_text="The address of the speaker's feed, as Atom.")

    class Meta:
        model = Speaker
        fields: tuple[str, ...] = (
            "url", "id", "slug", "name", "kind", "description", "wikidata_id", "aliases", "quote_count",
            "quotes", "feed",
        )  # fmt: skip
        extra_kwargs = BY_SLUG

    def get_quotes(self, speaker: Speaker) -> str:
        return _list_url(self, "quote-list", f"speaker={speaker.slug}")

    @extend_schema_field(OpenApiTypes.URI)
    def get_feed(self, speaker: Speaker) -> str:
        return reverse("speaker-feed", args=[speaker.slug, "atom"], request=self.context["request"])


class ArticleSerializer(Shaped, ArticleBriefSerializer):
    """Where quotes come from."""

    id = serializers.CharField(source="urn", help_text="Permanent.")
    byline = serializers.CharField(source="current_revision.byline")
    language = serializers.CharField(source="current_revision.language")
    revision = serializers.IntegerField(source="current_revision.number")
    fetched_at = serializers.DateTimeField(source="current_revision.fetched_at")
    content_hash = serializers.CharField(
        source="current_revision.content_hash", help_text="SHA-256 of the text that offsets point into."
    )
    quotes = serializers.SerializerMethodField(
        help_text="The address of the article's quotes in the order of the text; with expand=quotes they "
        "themselves, the first two hundred."
    )

    class Meta(ArticleBriefSerializer.Meta):
        fields: tuple[str, ...] = (
            "url", "id", "title", "byline", "canonical_url", "published_at", "fetched_at", "language",
            "status", "revision", "content_hash", "source", "quotes",
        )  # fmt: skip

    @extend_schema_field(_ADDRESS_OR_QUOTES)
    def get_quotes(self, article: Article) -> Any:
        expanded = self.context.get("quotes_in_text")
        if expanded is None:
            return _list_url(self, "quote-list", f"article={article.public_id}&order=text")
        return expanded[article.pk]


class AlsoInSerializer(serializers.Serializer[Any]):
    """Other articles that are the same story: wire copy, and what papers made of it."""

    count = serializers.IntegerField()
    articles = ArticleBriefSerializer(many=True, help_text="The first fifty that were collected.")


class ArticleDetailSerializer(ArticleSerializer):
    """An article by itself."""

    also_in = serializers.SerializerMethodField(help_text="Other articles that are the same story.")

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "also_in")

    @extend_schema_field(AlsoInSerializer)
    def get_also_in(self, article: Article) -> Any:
        return _also_in(self, article)


class NameSerializer(serializers.ModelSerializer[SpeakerAlias]):
    """A name that the speaker goes by, where it comes from, and how many articles use it."""

    class Meta:
        model = SpeakerAlias
        fields = ("name", "origin", "count")


class RoleSerializer(serializers.Serializer[Any]):
    """What articles say that the speaker is, from the first to the last of them."""

    role = serializers.CharField()
    years = serializers.CharField(help_text="“2019”, “2019–2023”.")
    first = serializers.DateTimeField()
    last = serializers.DateTimeField()
    article_count = serializers.IntegerField()
    articles = ArticleBriefSerializer(many=True, help_text="The earliest and the latest, twenty at most.")


class SpeakerDetailSerializer(SpeakerSerializer):
    """A speaker by itself."""

    wikidata_url = serializers.CharField(allow_null=True)
    names = NameSerializer(source="aliases", many=True)
    outlet_count = serializers.SerializerMethodField(help_text="Outlets that quote the speaker.")
    first_quoted = serializers.SerializerMethodField(help_text="The date of the first public quote.")
    last_quoted = serializers.SerializerMethodField(help_text="The date of the latest public quote.")
    roles = serializers.SerializerMethodField(
        help_text="What articles say that the speaker is, latest first."
    )

    class Meta(SpeakerSerializer.Meta):
        fields = (
            *SpeakerSerializer.Meta.fields, "wikidata_url", "names", "outlet_count", "first_quoted",
            "last_quoted", "roles",
        )  # fmt: skip

    def to_representation(self, instance: Speaker) -> Any:
        self._figures = figures_of(instance)
        return super().to_representation(instance)

    def get_outlet_count(self, speaker: Speaker) -> int:
        return self._figures.outlets

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_first_quoted(self, speaker: Speaker) -> Any:
        return self._figures.first_quoted

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_last_quoted(self, speaker: Speaker) -> Any:
        return self._figures.last_quoted

    @extend_schema_field(RoleSerializer(many=True))
    def get_roles(self, speaker: Speaker) -> Any:
        rows = [
            {
                "role": post.role,
                "years": post.years,
                "first": post.first,
                "last": post.last,
                "article_count": len(articles),
                "articles": articles
                if len(articles) <= _SHOWN
                else articles[: _SHOWN // 2] + articles[-_SHOWN // 2 :],
            }
            for post, articles in career_of(speaker)
        ]
        return RoleSerializer(rows, many=True, context=self.context).data


class SameWordsBriefSerializer(serializers.Serializer[Carried]):
    """How far the same words are carried, counted in public quotes."""

    url = serializers.HyperlinkedIdentityField(view_name="same-words-detail", lookup_field="public_id")
    id = serializers.CharField(source="urn", help_text="Holds as long as the group does.")
    first_at = serializers.DateTimeField(help_text="When they were published first, as far as we know.")
    outlets = serializers.IntegerField()
    quotes = serializers.IntegerField()
    speakers_differ = serializers.BooleanField(help_text="Whether outlets name different people.")


class DifferenceSerializer(serializers.Serializer[Any]):
    """Words that stand in this wording as in the fullest, that it has beside, or that it leaves out."""

    change = serializers.ChoiceField(choices=("same", "added", "left out"))
    text = serializers.CharField()


class WordingSerializer(serializers.Serializer[ShownWording]):
    """A quote as one of the wordings."""

    url = serializers.SerializerMethodField(help_text="Of the quote.")
    id = serializers.CharField(source="quote.urn", help_text="Of the quote.")
    text = serializers.CharField(source="quote.text")
    dated_at = serializers.DateTimeField(source="quote.dated_at", help_text="Published, else collected.")
    speaker = SpeakerBriefSerializer(source="quote.speaker")
    source_url = serializers.CharField(source="quote.source_url")
    is_contrary = serializers.BooleanField(
        help_text="The same as the fullest but for a negation: one of the two misquotes."
    )
    difference = DifferenceSerializer(
        source="pieces", many=True, help_text="The wording beside the fullest one, in pieces of words."
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Not declared above, because `source` is a field's own word for where its value comes from.
        return {
            **super().get_fields(),
            "source": SourceBriefSerializer(source="quote.revision.article.source"),
        }

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, wording: ShownWording) -> str:
        key = {"public_id": wording.quote.public_id}
        return reverse("quote-detail", kwargs=key, request=self.context["request"])


class SameWordsSerializer(SameWordsBriefSerializer):
    """The same words in all their wordings."""

    wordings = WordingSerializer(
        many=True, help_text="In the order in which they were published, the first hundred."
    )

    def to_representation(self, instance: Any) -> Any:
        wordings = WordingSerializer(instance.wordings, many=True, context=self.context).data
        brief = SameWordsBriefSerializer(instance.carried, context=self.context).data
        return {**brief, "wordings": wordings}


class QuoteSerializer(Shaped, serializers.HyperlinkedModelSerializer[Quote]):
    """Who said what, where."""

    id = serializers.CharField(source="urn", help_text="Permanent; the id of the feed entry too.")
    speaker = SpeakerBriefSerializer()
    segments = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="Half-open code-point offsets into the article's text; several where a clause interrupts.",
    )
    mention = serializers.SerializerMethodField(help_text="The words that say who speaks.")
    cue = serializers.SerializerMethodField(help_text="The words that say that it is speech.")
    sentence = serializers.SerializerMethodField(help_text="The sentence around the words, in pieces.")
    source_url = serializers.CharField(help_text="The article, opened at the words (URL text fragment).")
    article = ArticleBriefSerializer(source="revision.article")
    revision = serializers.IntegerField(source="revision.number", help_text="Which text of the article.")
    collected_at = serializers.DateTimeField(source="created_at")
    gone_at = serializers.DateTimeField(
        allow_null=True, help_text="When the words were found to have left the article."
    )

    copies = serializers.IntegerField(
        read_only=True, help_text="Other public quotes of these words by the speaker in copies of the story."
    )

    same_words = serializers.SerializerMethodField(
        help_text="How far the words are carried, in articles that need not be copies; null where no other "
        "public quote is of the same utterance."
    )

    highlight = serializers.SerializerMethodField(
        required=False, help_text="With `q` and highlight=true: what was searched, in pieces."
    )

    class Meta:
        model = Quote
        fields: tuple[str, ...] = (
            "url", "id", "text", "highlight", "kind", "speaker", "segments", "mention", "cue", "sentence",
            "attributed_by", "confidence", "review_status", "source_url", "article", "revision", "copies",
            "same_words", "extractor_version", "collected_at", "updated_at", "gone_at",
        )  # fmt: skip
        extra_kwargs = BY_PUBLIC_ID

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        expand = self.context.get("expand", ())
        if "article" in expand and "article" in fields:
            fields["article"] = ArticleSerializer(source="revision.article")
        if "speaker" in expand and "speaker" in fields:
            fields["speaker"] = SpeakerSerializer()
        if not self._shows_highlight():
            fields.pop("highlight", None)
        return fields

    def _shows_highlight(self) -> bool:
        if getattr(self.context.get("view"), "swagger_fake_view", False):
            return not self.always_whole
        return getattr(self.context.get("search"), "is_highlighted", False)

    @extend_schema_field(HitSerializer(many=True))
    def get_highlight(self, quote: Quote) -> list[dict[str, Any]]:
        search = self.context["search"]
        searched = quote.text if search.scope == "words" else quote.context
        return [{"text": piece, "hit": hit} for piece, hit in pieces(search.question, searched)]

    @extend_schema_field(SameWordsBriefSerializer(allow_null=True))
    def get_same_words(self, quote: Quote) -> Any:
        carried = self._carried().get(quote.pk)
        return carried and SameWordsBriefSerializer(carried, context=self.context).data

    def _carried(self) -> dict[int, Carried]:
        """Of all that are shown together: asked for once."""
        shown = self.parent.instance if isinstance(self.parent, serializers.ListSerializer) else self.instance
        quotes = [shown] if isinstance(shown, Quote) else list(shown or ())
        known: tuple[list[Quote], dict[int, Carried]] | None = getattr(self, "_known_carried", None)
        if known is None or known[0] != quotes:
            known = self._known_carried = (quotes, carried_of([quote.pk for quote in quotes]))
        return known[1]

    @extend_schema_field(TextSpanSerializer(allow_null=True))
    def get_mention(self, quote: Quote) -> dict[str, Any] | None:
        return text_span(quote.mention_text, quote.mention_start, quote.mention_end)

    @extend_schema_field(TextSpanSerializer(allow_null=True))
    def get_cue(self, quote: Quote) -> dict[str, Any] | None:
        return text_span(quote.cue_text, quote.cue_start, quote.cue_end)

    @extend_schema_field(PieceSerializer(many=True))
    def get_sentence(self, quote: Quote) -> list[dict[str, Any]]:
        return [{"text": piece, "quoted": quoted} for piece, quoted in quote.context_parts]


class WithdrawalSerializer(serializers.Serializer[Any]):
    """A step that withdrew a quote from a speaker as whose readers may have seen it."""

    at = serializers.DateTimeField(source="decided_at")
    by = serializers.ChoiceField(choices=By.choices)
    from_version = serializers.CharField(help_text="The extractor that had given it; empty for an editor.")
    to_version = serializers.CharField(help_text="The extractor that no longer did; empty for an editor.")


class QuoteDetailSerializer(QuoteSerializer):
    """A quote by itself."""

    reasons = serializers.SerializerMethodField(
        help_text="Why, in the extractor's words, the deciding reason first; none where an editor chose "
        "another speaker."
    )
    rule = serializers.SerializerMethodField(
        help_text="The construction or feature group that decided; empty where there are no reasons."
    )
    withdrawals = serializers.SerializerMethodField(
        help_text="When it was withdrawn from a speaker as whose readers may have seen it, latest first."
    )

    also_in = serializers.SerializerMethodField(help_text="Other articles that are the same story.")

    class Meta(QuoteSerializer.Meta):
        # By itself it was not searched for.
        shown = tuple(name for name in QuoteSerializer.Meta.fields if name != "highlight")
        fields = (*shown, "reasons", "rule", "withdrawals", "also_in")

    @extend_schema_field(AlsoInSerializer)
    def get_also_in(self, quote: Quote) -> Any:
        return _also_in(self, quote.revision.article)

    def get_reasons(self, quote: Quote) -> list[str]:
        return [] if quote.is_editors_attribution else quote.reasons

    def get_rule(self, quote: Quote) -> str:
        return "" if quote.is_editors_attribution else quote.rule

    @extend_schema_field(WithdrawalSerializer(many=True))
    def get_withdrawals(self, quote: Quote) -> Any:
        return WithdrawalSerializer(withdrawals_of(quote), many=True).data


def _also_in(serializer: serializers.BaseSerializer[Any], article: Article) -> Any:
    articles = list(copies_of(article))
    found = {"count": len(articles), "articles": articles[:_COPIES_SHOWN]}
    return AlsoInSerializer(found, context=serializer.context).data


def _list_url(serializer: serializers.BaseSerializer[Any], view: str, query: str) -> str:
    return f"{reverse(view, request=serializer.context['request'])}?{query}"
