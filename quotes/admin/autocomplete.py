"""Who or what a name may mean, for the fields of the admin site in which one is typed."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse

from quotes.models import Speaker
from quotes.search import Candidate, speakers_like

_SHOWN = 20
_LONGEST = 200


class Completion(AutocompleteJsonView):
    """Django's own, but that speakers come the likeliest first, with what tells namesakes apart."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        term, model_admin, *_ = self.process_request(request)
        if model_admin.model is not Speaker:
            return super().get(request, *args, **kwargs)
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        found = speakers_like(term[:_LONGEST], most=_SHOWN)
        results = [{"id": str(one.speaker.pk), "text": _told(one)} for one in found]
        return JsonResponse({"results": results, "pagination": {"more": False}})


def _told(candidate: Candidate) -> str:
    known = (candidate.speaker.name, candidate.role or candidate.speaker.description, candidate.outlet)
    return " · ".join(one for one in known if one)
