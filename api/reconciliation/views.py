"""The service's addresses, open to every site: a client may be a page of anybody's, or OpenRefine at home."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser
from rest_framework.renderers import BaseRenderer, JSONRenderer, StaticHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import MEDIA_TYPE, PROBLEM
from api.parsing import whole_number
from api.reconciliation.matching import Candidate, match_all, speakers_by_id
from api.reconciliation.properties import PROPERTIES, types
from api.reconciliation.questions import BATCH, extension_of, queries_of
from quotes.models import Speaker
from quotes.search import find_speakers
from quotes.selectors import public_quotes, public_speakers

_WIDTH, _HEIGHT = 400, 180  # pixels of a preview
_SUGGESTED, _MOST_SUGGESTED = 10, 200
_MOST_CURSOR = 1_000_000
_LONGEST = 300

_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was asked makes no sense."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="A login that is wrong."),
}
_NOT_THERE = {(404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such speaker.")}
_BATCH = {
    **_REFUSED,
    (413, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Too many queries at once."),
}
_PREFIX = OpenApiParameter("prefix", OpenApiTypes.STR, description="What was typed so far.")


class OpenView(APIView):
    """JSON for everybody, whatever site their page is of."""

    renderer_classes: tuple[type[BaseRenderer], ...] = (JSONRenderer,)
    parser_classes = (FormParser,)
    parameters: frozenset[str] = frozenset()
    throttle_scope = "search"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.parameters | {"format"}
        if unknown := sorted(set(request.query_params) - known):
            there = ", ".join(sorted(self.parameters)) or "none"
            raise ValidationError({unknown[0]: [f"There is no such parameter. Parameters here: {there}."]})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS":
            answer["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
            answer["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        return answer


class ReconcileView(OpenView):
    """The manifest; batches of queries (`queries`) and of records whose properties are wanted (`extend`)."""

    parameters = frozenset({"queries", "extend"})

    @extend_schema(
        summary="The service manifest, or a batch",
        parameters=[
            OpenApiParameter("queries", OpenApiTypes.STR, description="A reconciliation query batch, JSON."),
            OpenApiParameter("extend", OpenApiTypes.STR, description="A data extension query, JSON."),
        ],
        responses={200: OpenApiTypes.OBJECT, **_BATCH},
    )
    def get(self, request: Request) -> Response:
        if request.query_params:
            return self._answer(request, request.query_params)
        return Response(_manifest(request))

    @extend_schema(
        summary="A batch",
        description="Names to find speakers by (`queries`), or ids whose properties are wanted (`extend`).",
        request={
            "application/x-www-form-urlencoded": {
                "type": "object",
                "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                "minProperties": 1,
                "maxProperties": 1,
            }
        },
        responses={
            200: OpenApiTypes.OBJECT,
            **_BATCH,
            (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is no form."),
        },
    )
    def post(self, request: Request) -> Response:
        return self._answer(request, request.data)

    def _answer(self, request: Request, asked: Any) -> Response:
        given = [name for name in ("queries", "extend") if name in asked]
        if len(given) != 1:
            raise ValidationError({"queries": ["Give either `queries` or `extend`, as JSON."]})
        if given == ["extend"]:
            return Response(_extended(asked["extend"], request))
        queries = queries_of(asked["queries"])
        found = match_all(list(queries.values()))
        return Response(
            {
                key: {"result": [_candidate(one) for one in candidates]}
                for key, candidates in zip(queries, found, strict=True)
            }
        )


def _manifest(request: Request) -> dict[str, Any]:
    root = request.build_absolute_uri(reverse("reconcile")).rstrip("/")
    speaker = f"{root}/speakers/{{{{id}}}}/"
    return {
        "versions": ["0.2"],
        "name": f"quotetracker speakers ({request.get_host()})",
        "identifierSpace": "urn:uuid:",
        "schemaSpace": "https://schema.org/Thing",
        "documentation": request.build_absolute_uri(reverse("api-docs")),
        "defaultTypes": types(),
        "view": {"url": speaker},
        "preview": {"url": f"{speaker}preview/", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            name: {"service_url": root, "service_path": f"/suggest/{name}/"}
            for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/properties/"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }


def _candidate(found: Candidate) -> dict[str, Any]:
    speaker = found.speaker
    return {
        **_entity(speaker),
        "type": [_type(speaker)],
        "score": found.score,
        "match": found.is_match,
        "features": [
            {"id": "name_likeness", "value": found.likeness},
            {"id": "same_id", "value": found.is_known},
            {"id": "quote_count", "value": speaker.quote_count},
        ],
    }


def _entity(speaker: Speaker) -> dict[str, str]:
    entity = {"id": str(speaker.public_id), "name": speaker.name}
    return {**entity, "description": speaker.description} if speaker.description else entity


def _type(speaker: Speaker) -> dict[str, str]:
    kind = Speaker.Kind(speaker.kind)
    return {"id": kind.value, "name": kind.label}


def _extended(text: str, request: Request) -> dict[str, Any]:
    asked = extension_of(text)
    speakers = speakers_by_id(asked.ids)
    return {
        "meta": [{"id": key, "name": PROPERTIES[key].name} for key in asked.properties],
        "rows": {
            one: {
                key: PROPERTIES[key].values(speakers[one], request) if one in speakers else []
                for key in asked.properties
            }
            for one in asked.ids
        },
    }


class SuggestView(OpenView):
    """What begins with what was typed so far."""

    parameters = frozenset({"prefix", "cursor"})

    def suggested(self, request: Request) -> tuple[str, int]:
        """What was typed, and how many suggestions to leave out."""
        prefix = request.query_params.get("prefix", "").replace("\0", "")[:_LONGEST].strip()
        cursor = request.query_params.get("cursor", "0")
        left_out = 0 if cursor == "0" else whole_number(cursor, _MOST_CURSOR)
        if left_out is None:
            raise ValidationError({"cursor": ["Give a whole number: how many suggestions to leave out."]})
        return prefix, left_out


class SuggestSpeakerView(SuggestView):
    @extend_schema(
        summary="Suggest speakers",
        parameters=[
            _PREFIX,
            OpenApiParameter(
                "cursor",
                {"type": "integer", "minimum": 0, "maximum": _MOST_CURSOR},
                description="Leave out so many.",
            ),
        ],
        responses={200: OpenApiTypes.OBJECT, **_REFUSED},
    )
    def get(self, request: Request) -> Response:
        prefix, begin = self.suggested(request)
        end = min(begin + _SUGGESTED, _MOST_SUGGESTED)
        known = list(speakers_by_id([prefix]).values())
        found = (known or find_speakers(public_speakers(), prefix, most=end))[begin:end]
        return Response({"result": [{**_entity(one), "notable": [_type(one)]} for one in found]})


class SuggestWordView(SuggestView):
    """Of a few things that are all known."""

    def known(self) -> list[dict[str, str]]:
        raise NotImplementedError

    def answer(self, request: Request) -> Response:
        prefix, begin = self.suggested(request)
        asked = prefix.casefold()
        found = [
            one for one in self.known() if one["id"].startswith(asked) or asked in one["name"].casefold()
        ]
        return Response({"result": found[begin:]})


class SuggestTypeView(SuggestWordView):
    @extend_schema(
        summary="Suggest kinds of speakers",
        parameters=[_PREFIX],
        responses={200: OpenApiTypes.OBJECT, **_REFUSED},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)

    def known(self) -> list[dict[str, str]]:
        return types()


class SuggestPropertyView(SuggestWordView):
    @extend_schema(
        summary="Suggest properties of speakers",
        parameters=[_PREFIX],
        responses={200: OpenApiTypes.OBJECT, **_REFUSED},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)

    def known(self) -> list[dict[str, str]]:
        return [one.described(key) for key, one in PROPERTIES.items()]


class PropertiesView(OpenView):
    """The same for every kind of speaker."""

    parameters = frozenset({"type", "limit"})

    @extend_schema(
        summary="Propose properties to extend by",
        parameters=[
            OpenApiParameter("type", OpenApiTypes.STR, description="A kind of speaker."),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": _MOST_SUGGESTED},
                description="Properties at most.",
            ),
        ],
        responses={200: OpenApiTypes.OBJECT, **_REFUSED},
    )
    def get(self, request: Request) -> Response:
        limit = request.query_params.get("limit")
        most = whole_number(limit, _MOST_SUGGESTED) if limit else len(PROPERTIES)
        if most is None:
            raise ValidationError({"limit": [f"Give a whole number from 1 to {_MOST_SUGGESTED}."]})
        found = [{"id": key, "name": one.name} for key, one in PROPERTIES.items()]
        return Response({"type": request.query_params.get("type", ""), "properties": found[:most]})


class PageView(OpenView):
    """Leads to the page of the speaker that an id stands for now."""

    renderer_classes = (StaticHTMLRenderer, JSONRenderer)

    @extend_schema(
        summary="The page of a speaker", responses={int(HTTPStatus.FOUND): None, **_REFUSED, **_NOT_THERE}
    )
    def get(self, request: Request, speaker: str) -> HttpResponse:
        return HttpResponseRedirect(_speaker(speaker).get_absolute_url())


class PreviewView(OpenView):
    """A card to show beside a candidate, in a frame of whatever site."""

    renderer_classes = (StaticHTMLRenderer, JSONRenderer)

    @extend_schema(
        summary="A card about a speaker",
        responses={(200, "text/html"): OpenApiTypes.STR, **_REFUSED, **_NOT_THERE},
    )
    def get(self, request: Request, speaker: str) -> HttpResponse:
        found = _speaker(speaker)
        card = {
            "speaker": found,
            "latest": public_quotes().filter(speaker=found).first(),
            # In a frame, or set into another site's page: the address of the style is a whole one, too.
            "style": request.build_absolute_uri(static("quotes/card.css")),
            "page": request.build_absolute_uri(found.get_absolute_url()),
        }
        answer = render(request, "quotes/speaker_card.html", card)
        answer.xframe_options_exempt = True
        return answer


def _speaker(key: str) -> Any:
    try:
        return speakers_by_id([key])[key]
    except KeyError as error:
        raise Http404(f"There is no speaker {key!r:.60}.") from error
