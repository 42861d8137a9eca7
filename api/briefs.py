"""What is shown of a record within another: all of it, whatever `fields` of that one are asked for."""

from typing import Any

from rest_framework import serializers

from quotes.models import Article, Source, Speaker

# How hyperlinks name the record they lead to.
BY_SLUG = {"url": {"lookup_field": "slug"}}
BY_PUBLIC_ID = {"url": {"lookup_field": "public_id"}}


class SourceBriefSerializer(serializers.HyperlinkedModelSerializer[Source]):
    """The outlet of an article."""

    class Meta:
        model = Source
        fields = ("url", "slug", "name", "homepage")
        extra_kwargs = BY_SLUG


class SpeakerBriefSerializer(serializers.HyperlinkedModelSerializer[Speaker]):
    """The speaker of a quote; with `expand=speaker` there is more."""

    class Meta:
        model = Speaker
        fields = ("url", "slug", "name", "kind")
        extra_kwargs = BY_SLUG


class ArticleBriefSerializer(serializers.HyperlinkedModelSerializer[Article]):
    """The article of a quote; with `expand=article` there is more."""

    title = serializers.CharField(source="current_revision.title")

    class Meta:
        model = Article
        fields: tuple[str, ...] = ("url", "title", "canonical_url", "published_at", "source")
        extra_kwargs = BY_PUBLIC_ID

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Not declared above, because `source` is a field's own word for where its value comes from.
        return {**super().get_fields(), "source": SourceBriefSerializer()}
