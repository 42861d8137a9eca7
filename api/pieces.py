"""Stretches of text in answers: where words stand, what is quoted, what is found."""

from typing import Any

from rest_framework import serializers


class TextSpanSerializer(serializers.Serializer[dict[str, Any]]):
    """Words of the article and where they stand, as half-open code-point offsets into its text."""

    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class PieceSerializer(serializers.Serializer[dict[str, Any]]):
    """A stretch of the sentence, and whether it is within the quote."""

    text = serializers.CharField()
    quoted = serializers.BooleanField()


class HitSerializer(serializers.Serializer[dict[str, Any]]):
    """A stretch of what was searched, the quote or its sentence, and whether it answers the question."""

    text = serializers.CharField()
    hit = serializers.BooleanField()


def text_span(text: str, start: int | None, end: int | None) -> dict[str, Any] | None:
    return None if start is None else {"text": text, "start": start, "end": end}
