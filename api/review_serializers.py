"""What reviewers send and are shown."""

from typing import Any

from rest_framework import serializers

from api.briefs import SpeakerBriefSerializer
from api.rules import one_of
from api.serializers import QuoteDetailSerializer, QuoteSerializer
from quotes.models import Quote, ReviewDecision, Speaker
from quotes.selectors import stored_articles

_MOST_SEGMENTS = 50
_ADDRESS = {"url": {"view_name": "review-quote-detail", "lookup_field": "public_id"}}


class DecisionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=500,
        help_text="Kept with the decision, for editors.",
    )


class RejectionSerializer(DecisionSerializer):
    reason = serializers.ChoiceField(choices=ReviewDecision.Reason.choices, required=False, help_text="Why.")


class RetractionSerializer(DecisionSerializer):
    public_note = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=500, help_text="What readers are told."
    )


class NewSpeakerSerializer(serializers.Serializer[Any]):
    name = serializers.RegexField(
        r"[^\W\d_]", max_length=200, error_messages={"invalid": "Give a name with a letter in it."}
    )
    kind = serializers.ChoiceField(choices=Speaker.Kind.choices, default=Speaker.Kind.PERSON)


class SpeakerGivenSerializer(DecisionSerializer):
    rules = one_of("speaker", "new_speaker")
    speaker = serializers.SlugField(required=False, max_length=220, help_text="The slug of who said it.")
    new_speaker = NewSpeakerSerializer(required=False, help_text="Or somebody who has no record yet.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("speaker" in attrs) == ("new_speaker" in attrs):
            raise serializers.ValidationError("Give either `speaker` or `new_speaker`.")
        return attrs


class BoundsSerializer(DecisionSerializer):
    segments = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        min_length=1,
        max_length=_MOST_SEGMENTS,
        help_text="Half-open code-point offsets into the text of the quote's revision, in order.",
    )


class MissedQuoteSerializer(SpeakerGivenSerializer, BoundsSerializer):
    article = serializers.CharField(max_length=60, help_text="Its id, with or without `urn:uuid:`.")
    revision = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text="Which text the offsets count in: refused when there is a later one.",
    )
    kind = serializers.ChoiceField(choices=Quote.Kind.choices, default=Quote.Kind.DIRECT)

    def validate_article(self, value: str) -> Any:
        is_id = serializers.UUIDField().run_validation
        public_id = is_id(value.removeprefix("urn:uuid:"))
        if article := stored_articles().filter(public_id=public_id).first():
            return article
        raise serializers.ValidationError("There is no such article: take an id from /api/v1/articles/.")


class WordsSerializer(serializers.Serializer[Any]):
    """Words that were marked, and where they stand in the text of the revision."""

    text = serializers.CharField()
    segments = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class StepSerializer(serializers.ModelSerializer[ReviewDecision]):
    """What was decided before, by whom and why; without an editor, what the extractor took back."""

    by = serializers.ChoiceField(choices=("editor", "extractor"))
    editor = serializers.CharField(source="editor.username", default=None, allow_null=True)
    from_speaker = serializers.CharField(source="from_speaker.slug", default=None, allow_null=True)
    to_speaker = serializers.CharField(source="to_speaker.slug", default=None, allow_null=True)
    from_words = WordsSerializer(allow_null=True)
    to_words = WordsSerializer(allow_null=True)

    class Meta:
        model = ReviewDecision
        fields = (
            "by", "editor", "decided_at", "from_status", "to_status", "from_speaker", "to_speaker",
            "from_words", "to_words", "reason", "note", "public_note",
        )  # fmt: skip


class ReviewListSerializer(QuoteSerializer):
    """A quote as reviewers see it, public or not."""

    always_whole = True
    speaker = SpeakerBriefSerializer(allow_null=True)
    is_public = serializers.BooleanField(read_only=True, help_text="Whether readers are shown it.")

    class Meta(QuoteSerializer.Meta):
        fields = (*QuoteSerializer.Meta.fields, "is_public")
        extra_kwargs = _ADDRESS


class ReviewQuoteSerializer(QuoteDetailSerializer):
    """The same with all that is known of it, and what was decided about it, latest first."""

    always_whole = True
    speaker = SpeakerBriefSerializer(allow_null=True)
    is_public = serializers.BooleanField(read_only=True, help_text="Whether readers are shown it.")
    decisions = StepSerializer(many=True)

    class Meta(QuoteDetailSerializer.Meta):
        fields = (*QuoteDetailSerializer.Meta.fields, "is_public", "decisions")
        extra_kwargs = _ADDRESS
