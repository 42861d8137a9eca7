"""What reviewers send and are shown."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.briefs import SpeakerBriefSerializer
from api.rules import one_of
from api.serializers import QuoteDetailSerializer, QuoteSerializer
from quotes.models import Proposal, Quote, Report, ReviewDecision, Speaker
from quotes.reviewing import proposal_of
from quotes.selectors import stored_articles
from quotes.services.reassigning import Kept, Same
from quotes.services.undoing import standing
from quotes.versions import version_of

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


class PublicNoteSerializer(DecisionSerializer):
    public_note = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=500, help_text="What readers may be told."
    )


class KindSerializer(DecisionSerializer):
    kind = serializers.ChoiceField(choices=Quote.Kind.choices)


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=500, help_text="Kept with the quote, for editors.")


class SplitSerializer(DecisionSerializer):
    at = serializers.IntegerField(
        min_value=0, help_text="Offset into the text of its revision: from there on it is another quote."
    )


class JoinSerializer(DecisionSerializer):
    quotes = serializers.ListField(
        child=serializers.CharField(max_length=60),
        min_length=1,
        max_length=_MOST_SEGMENTS,
        help_text="The ids of those to be joined with it, with or without `urn:uuid:`.",
    )

    def validate_quotes(self, values: list[str]) -> list[Quote]:
        try:
            ids = {UUID(value.removeprefix("urn:uuid:")) for value in values}
        except ValueError as error:
            raise serializers.ValidationError("An id looks like urn:uuid:… of a quote.") from error
        found = list(Quote.objects.filter(public_id__in=ids))
        if len(found) < len(ids):
            raise serializers.ValidationError("Not all of these are quotes.")
        return found


class TakingBackSerializer(DecisionSerializer):
    decision = serializers.IntegerField(
        required=False, min_value=1, help_text="The `id` of the decision that is meant: else the last one."
    )
    whole = serializers.BooleanField(
        required=False, default=False, help_text="With all quotes that it was taken about at once."
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


class AllGivenSerializer(SpeakerGivenSerializer):
    same = serializers.ChoiceField(
        choices=Same.choices,
        default=Same.SPEAKER.value,
        help_text="Those of the same speaker, or of these only those by the same mention.",
    )


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
            "id", "action", "by", "editor", "decided_at", "from_status", "to_status", "from_speaker",
            "to_speaker", "from_words", "to_words", "from_kind", "to_kind", "reason", "note", "public_note",
            "batch", "undoes", "redoes",
        )  # fmt: skip


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """What a newer extractor makes of an approved quote; without a name it no longer reads one there."""

    speaker = SpeakerBriefSerializer(allow_null=True, help_text="The record that the article means by it.")

    class Meta:
        model = Proposal
        fields = ("version", "name", "kind", "speaker", "confidence", "reasons", "made_at")


class ReviewListSerializer(QuoteSerializer):
    """A quote as reviewers see it, public or not."""

    always_whole = True
    speaker = SpeakerBriefSerializer(allow_null=True)
    is_public = serializers.BooleanField(read_only=True, help_text="Whether readers are shown it.")
    etag = serializers.SerializerMethodField(help_text="For `If-Match`.")

    class Meta(QuoteSerializer.Meta):
        fields = (*QuoteSerializer.Meta.fields, "is_public", "etag")
        extra_kwargs = _ADDRESS

    def get_etag(self, quote: Quote) -> str:
        return f'"{version_of(quote)}"'


class ReportSerializer(serializers.Serializer[Any]):
    """What readers say is wrong with it, and no editor has answered by a decision."""

    fault = serializers.ChoiceField(choices=Report.Fault.choices)
    note = serializers.CharField(help_text="In the readers' words; may be empty.")
    count = serializers.IntegerField(min_value=1, help_text="How many said the same.")
    reported_at = serializers.DateTimeField(help_text="First.")
    repeated_at = serializers.DateTimeField(help_text="Last.")


class Decided(serializers.Serializer[Any]):
    """What was decided, which of it can be taken back, or taken again, next, and what is proposed since."""

    decisions = StepSerializer(many=True)
    undoable = serializers.SerializerMethodField(help_text="The decision that `undo` takes back; null: none.")
    redoable = serializers.SerializerMethodField(help_text="The decision that `redo` takes again.")
    proposal = serializers.SerializerMethodField(
        help_text="What a newer extractor makes of it, until a decision answers that."
    )
    reports = ReportSerializer(source="open_reports", many=True)

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_undoable(self, quote: Quote) -> int | None:
        last = standing(quote.decisions.all()).undoable
        return last.pk if last else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_redoable(self, quote: Quote) -> int | None:
        return standing(quote.decisions.all()).redoable

    @extend_schema_field(ProposalSerializer(allow_null=True))
    def get_proposal(self, quote: Quote) -> Any:
        proposal = proposal_of(quote)
        return proposal and ProposalSerializer(proposal, context=self.context).data


DECIDED = ("decisions", "undoable", "redoable", "proposal", "reports")


class ReviewQuoteSerializer(Decided, QuoteDetailSerializer):
    """The same with all that is known of it, and what was decided about it, latest first."""

    always_whole = True
    speaker = SpeakerBriefSerializer(allow_null=True)
    is_public = serializers.BooleanField(read_only=True, help_text="Whether readers are shown it.")
    etag = serializers.SerializerMethodField(help_text="For `If-Match`.")

    class Meta(QuoteDetailSerializer.Meta):
        fields: tuple[str, ...] = (*QuoteDetailSerializer.Meta.fields, "is_public", "etag", *DECIDED)
        extra_kwargs = _ADDRESS

    def get_etag(self, quote: Quote) -> str:
        return f'"{version_of(quote)}"'


class SeveralDecidedSerializer(ReviewQuoteSerializer):
    """The same, and what else was changed by the step."""

    others = serializers.SerializerMethodField(
        help_text="Other quotes that the step changed, as they are now."
    )

    class Meta(ReviewQuoteSerializer.Meta):
        fields = (*ReviewQuoteSerializer.Meta.fields, "others")

    @extend_schema_field(ReviewQuoteSerializer(many=True))
    def get_others(self, quote: Quote) -> Any:
        return ReviewQuoteSerializer(self.context["others"], many=True, context=self.context).data


class LeftSerializer(serializers.Serializer[Any]):
    """A quote that was left as it is."""

    id = serializers.CharField()
    why = serializers.ChoiceField(choices=[why.name.lower() for why in Kept])
    detail = serializers.CharField(help_text="The same in words.")


class AllDecidedSerializer(SeveralDecidedSerializer):
    """The same, and what was left as it is, and why."""

    unchanged = serializers.SerializerMethodField(help_text="Those that were left as they are, and why.")

    class Meta(SeveralDecidedSerializer.Meta):
        fields = (*SeveralDecidedSerializer.Meta.fields, "unchanged")

    @extend_schema_field(LeftSerializer(many=True))
    def get_unchanged(self, quote: Quote) -> Any:
        return [
            {"id": one.urn, "why": why.name.lower(), "detail": why.value}
            for one, why in self.context["unchanged"]
        ]
