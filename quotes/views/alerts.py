"""Following by mail: asking for it, confirming, managing, ending.

Nothing here tells whether an address is known.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from quotes import tasks
from quotes.alerts import links
from quotes.alerts.links import LinkError
from quotes.limits import address_of, count
from quotes.mailbox import is_kept_here
from quotes.models import Reader, Source, Speaker, Subscription
from quotes.models.subscription import LONGEST_QUESTION
from quotes.services import subscribing
from quotes.services.subscribing import SubscriptionError, check_question
from quotes.views.finding import speaker_or_404

_METHODS = ["GET", "HEAD", "POST"]


class FollowForm(forms.Form):
    """Who wants to be told, how often, and of what."""

    address = forms.EmailField(
        label="Your mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Give the address that mail is to go to."},
    )
    q = forms.CharField(
        label="Words",
        required=False,
        max_length=LONGEST_QUESTION,
        help_text='Words that the quotes have in them: ferries, "electric ferries", ferr*, boats OR ferries.',
    )
    pace = forms.ChoiceField(
        label="How often",
        choices=Subscription.Pace.choices,
        initial=Subscription.Pace.DAILY,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, speaker: Speaker | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._speaker = speaker
        if speaker is not None:
            self.fields["q"].label = "Only with these words"

    def clean_q(self) -> str:
        try:
            q = check_question(self.cleaned_data["q"])
        except SubscriptionError as error:
            raise forms.ValidationError(str(error)) from error
        if not q and self._speaker is None:
            raise forms.ValidationError(
                "Give words to search for, or follow a speaker from the speaker’s page."
            )
        return q


@never_cache
@require_http_methods(_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """The form for what the address of the page names: a speaker, or words, in one outlet or in all."""
    speaker, source = _speaker(request), _source(request)
    given = request.POST if request.method == "POST" else None
    form = FollowForm(given, speaker=speaker, initial={"q": request.GET.get("q", "")[:LONGEST_QUESTION]})
    context = {"form": form, "speaker": speaker, "source": source}
    if given is None or not form.is_valid():
        status = HTTPStatus.OK if given is None else HTTPStatus.BAD_REQUEST
        return render(request, "alerts/new.html", context, status=status)
    limit = count("alerts", address_of(request))
    if limit is not None and limit.is_exceeded:
        answer = render(request, "alerts/too_often.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        answer["Retry-After"] = str(limit.seconds_left)
        return answer
    asked = form.cleaned_data
    try:
        subscribing.request_alert(
            address=asked["address"],
            pace=asked["pace"],
            speaker=speaker,
            source=source,
            q=asked["q"],
            send=tasks.mail,
        )
    except SubscriptionError as error:
        form.add_error(None, str(error))
        return render(request, "alerts/new.html", context, status=HTTPStatus.BAD_REQUEST)
    return HttpResponseRedirect(reverse("alert-sent"))


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/sent.html", {"is_kept_here": is_kept_here()})


@never_cache
@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/ended.html")


@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: what scans mail opens links, and presses no buttons."""
    try:
        subscription_id, pace = links.read_confirm(token)
    except LinkError:
        return _no_link(request)
    known = Subscription.objects.filter(public_id=subscription_id, reader__isnull=False)
    subscription = known.select_related("speaker", "source").first()
    if subscription is None:
        return _no_link(request)
    if request.method == "POST":
        reader = subscribing.confirm(subscription_id=subscription_id, pace=pace)
        return HttpResponseRedirect(links.manage_path(reader) + "?confirmed") if reader else _no_link(request)
    context = {"subscription": subscription, "pace": Subscription.Pace(pace).label}
    return render(request, "alerts/confirm.html", context)


@never_cache
@require_http_methods(_METHODS)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """All that a reader follows."""
    try:
        reader = Reader.objects.filter(public_id=links.read_manage(token)).first()
    except LinkError:
        return _no_link(request)
    if reader is None:
        return HttpResponseRedirect(reverse("alert-ended"))
    if request.method == "POST":
        what = _changed(request, reader)
        is_there = Reader.objects.filter(pk=reader.pk).exists()
        return HttpResponseRedirect(f"{request.path}?{what}" if is_there else reverse("alert-ended"))
    followed = reader.subscriptions.filter(since__isnull=False).select_related("speaker", "source")
    context = {
        "reader": reader,
        "subscriptions": followed.order_by("pk"),
        "paces": Subscription.Pace.choices,
        "done": next((text for name, text in _DONE.items() if name in request.GET), ""),
    }
    return render(request, "alerts/manage.html", context)


_DONE = {
    "confirmed": "Confirmed: you will be told by mail.",
    "changed": "Changed.",
    "removed": "Removed.",
}


def _changed(request: HttpRequest, reader: Reader) -> str:
    """Do what a button says. Returns what was done."""
    action, key = request.POST.get("action", ""), request.POST.get("subscription", "")
    if action == "forget":
        subscribing.forget(reader=reader)
        return ""
    subscription = next((one for one in reader.subscriptions.all() if str(one.public_id) == key), None)
    if subscription is None:
        return ""
    if action == "remove":
        subscribing.remove(reader=reader, subscription_id=subscription.public_id)
        return "removed"
    pace = request.POST.get("pace", "")
    is_changed = subscribing.change_pace(reader=reader, subscription_id=subscription.public_id, pace=pace)
    return "changed" if is_changed else ""


@csrf_exempt  # a mail program posts here, without a cookie: RFC 8058. The link itself says who may.
@never_cache
@require_http_methods(_METHODS)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail of one pace: one request of a mail program, or a button on a page."""
    try:
        reader_id, pace = links.read_unsubscribe(token)
    except LinkError:
        return _no_link(request)
    if request.method == "POST":
        subscribing.unsubscribe(reader_id=reader_id, pace=pace)
        return render(request, "alerts/ended.html")
    return render(request, "alerts/unsubscribe.html", {"pace": Subscription.Pace(pace).label})


def _speaker(request: HttpRequest) -> Speaker | None:
    slug = request.GET.get("speaker", "")
    return speaker_or_404(slug[:220]) if slug and "\0" not in slug else None


def _source(request: HttpRequest) -> Source | None:
    slug = request.GET.get("source", "")
    if not slug:
        return None
    source = Source.objects.filter(slug=slug[:100].replace("\0", "")).first()
    if source is None:
        raise Http404("There is no such outlet.")
    return source


def _no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "alerts/no_link.html", status=HTTPStatus.NOT_FOUND)
