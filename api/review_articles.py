"""An article as reviewers have it: its text, with all of its quotes, and who may have said them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.viewsets import GenericViewSet

from api.briefs import SourceBriefSerializer, SpeakerBriefSerializer
from api.conditional import Versioned
from api.permissions import MayReview
from api.review_base import READING_REFUSED
from api.review_serializers import Decided, ReviewListSerializer
from api.serializers import ArticleSerializer
from quotes.models import Article, Quote
from quotes.reviewing import PersonInArticle, people_of, quotes_to_review, same_words_elsewhere
from quotes.selectors import stored_articles

_ADDRESS = {"url": {"view_name": "review-article-detail", "lookup_field": "public_id"}}


class PersonSerializer(serializers.Serializer[Any]):
    """Who may have said something there."""

    speaker = SpeakerBriefSerializer()
    role = serializers.CharField(help_text="As this article says, else as our record does; may be empty.")
    quotes = serializers.IntegerField(help_text="How many quotes of this text are theirs by now.")


class ElsewhereSerializer(serializers.Serializer[Any]):
    """The same words in another outlet."""

    id = serializers.CharField(source="urn")
    title = serializers.CharField(source="revision.title")
    source_url = serializers.CharField()
    speaker = SpeakerBriefSerializer(allow_null=True)
    review_status = serializers.ChoiceField(choices=Quote.Status.choices)
    is_public = serializers.BooleanField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Not declared above, because `source` is a field's own word for where its value comes from.
        return {**super().get_fields(), "source": SourceBriefSerializer(source="revision.article.source")}


class QuoteInTextSerializer(Decided, ReviewListSerializer):
    """A quote with all that helps to decide about it."""

    role = serializers.SerializerMethodField(help_text="Of the speaker; as among the people.")
    certainty = serializers.FloatField(help_text="1 where an editor approved it, else the confidence.")
    reasons = serializers.SerializerMethodField(help_text="Why, in the extractor's words.")
    rule = serializers.SerializerMethodField()
    elsewhere = serializers.SerializerMethodField(help_text="The same words in other outlets.")

    class Meta(ReviewListSerializer.Meta):
        fields = (
            *(name for name in ReviewListSerializer.Meta.fields if name not in {"article", "highlight"}),
            "role", "certainty", "reasons", "rule", "elsewhere", "decisions", "undoable", "redoable",
            "reports",
        )  # fmt: skip

    def get_role(self, quote: Quote) -> str:
        return str(self.context["roles"].get(quote.speaker_id, ""))

    def get_reasons(self, quote: Quote) -> list[str]:
        return [] if quote.is_editors_attribution else quote.reasons

    def get_rule(self, quote: Quote) -> str:
        return "" if quote.is_editors_attribution else quote.rule

    @extend_schema_field(ElsewhereSerializer(many=True))
    def get_elsewhere(self, quote: Quote) -> Any:
        found = self.context["elsewhere"][quote.pk]
        return ElsewhereSerializer(found, many=True, context=self.context).data


class ReviewArticleSerializer(ArticleSerializer):
    """An article with its text, for reviewers."""

    always_whole = True
    text = serializers.CharField(source="current_revision.text", help_text="What offsets point into.")
    quotes = serializers.SerializerMethodField(
        help_text="All quotes of this text, public or not, in its order."
    )
    people = serializers.SerializerMethodField(
        help_text="Who may have said them: whom the article quotes, whom else it gives a role, and who "
        "else a name in it may be."
    )

    class Meta(ArticleSerializer.Meta):
        fields = (*ArticleSerializer.Meta.fields, "text", "people")
        extra_kwargs = _ADDRESS

    def to_representation(self, instance: Article) -> Any:
        self._quotes = list(quotes_to_review(instance.revision))
        self._people = people_of(instance, self._quotes)
        return super().to_representation(instance)

    @extend_schema_field(QuoteInTextSerializer(many=True))
    def get_quotes(self, article: Article) -> Any:
        context = {
            **self.context,
            "elsewhere": same_words_elsewhere(self._quotes),
            "roles": {person.speaker.pk: person.role for person in self._people},
        }
        return QuoteInTextSerializer(self._quotes, many=True, context=context).data

    @extend_schema_field(PersonSerializer(many=True))
    def get_people(self, article: Article) -> Any:
        people: list[PersonInArticle] = self._people
        return PersonSerializer(people, many=True, context=self.context).data


@extend_schema_view(
    retrieve=extend_schema(
        summary="An article with its text and all its quotes",
        responses={200: ReviewArticleSerializer, **READING_REFUSED},
    ),
)
class ReviewArticleViewSet(Versioned, mixins.RetrieveModelMixin, GenericViewSet[Article]):
    """What the review of an article begins with. For reviewers."""

    queryset = Article.objects.none()
    serializer_class = ReviewArticleSerializer
    permission_classes = (MayReview,)
    lookup_field = "public_id"

    def get_queryset(self) -> QuerySet[Article]:
        return stored_articles().defer(None)
