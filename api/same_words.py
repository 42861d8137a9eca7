"""The same words in several outlets: one group with its wordings."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import MEDIA_TYPE, PROBLEM
from api.filters import refuse_odd_parameters
from api.serializers import SameWordsSerializer
from quotes.models import SameWords
from quotes.wordings import Told, told_of


class SameWordsView(GenericAPIView[Any]):
    """Public quotes of one utterance, in articles that need not be copies."""

    queryset = SameWords.objects.none()
    serializer_class = SameWordsSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        # The format of this answer is none of the addresses in it.
        return {**super().get_serializer_context(), "format": None}

    @extend_schema(
        summary="The same words",
        responses={
            200: SameWordsSerializer,
            (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="A parameter that does not exist."),
            (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="A login that is wrong."),
            (404, MEDIA_TYPE): OpenApiResponse(
                PROBLEM, description="There is no such group with two public quotes; the quotes lead on."
            ),
        },
    )
    def get(self, request: Request, public_id: str, **_kwargs: Any) -> Response:
        """The group of this id, with its wordings in the order in which they were published."""
        refuse_odd_parameters(request, ())
        return Response(self.get_serializer(_told(public_id)).data)


def _told(public_id: str) -> Told:
    try:
        group = SameWords.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        group = None
    told = None if group is None else told_of(group)
    if told is None:
        raise Http404("There are no such words that two public quotes share.")
    return told
