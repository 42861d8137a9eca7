"""The form by which a reader reports what is wrong with a quote."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quotes.limits import Limit, address_of, count
from quotes.models import Quote, Report
from quotes.selectors import public_quotes
from quotes.services.reports import LONGEST_NOTE, ReportError, report
from quotes.views.listing import whole
from quotes.views.quotes import withdrawn_or_404

_LATER = "That were many reports in a short while. Try again later; what you wrote is still here."


class ReportForm(forms.Form):
    """What is wrong. `website` is not to be seen: who fills it in is a program."""

    fault = forms.ChoiceField(
        label="What is wrong?",
        choices=Report.Fault.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong.", "invalid_choice": "Choose one of these."},
    )
    note = forms.CharField(
        label="What should we know?",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Up to {LONGEST_NOTE:,} characters; a link that shows it helps.",
        error_messages={"max_length": "This is too long: %(limit_value)d characters are the most."},
    )
    website = forms.CharField(required=False, label="Leave this empty")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form; once it is sent, thanks. Nothing is kept of who sent it."""
    quote = public_quotes().filter(public_id=public_id).first()
    if quote is None:
        return withdrawn_or_404(request, public_id)
    if request.method != "POST":
        return _shown(request, quote, ReportForm(), is_sent="sent" in request.GET)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _shown(request, quote, form, HTTPStatus.BAD_REQUEST)
    thanks = HttpResponseRedirect(f"{request.path}?sent")
    if form.cleaned_data["website"]:
        return thanks
    if limit := _limit(request, quote):
        form.add_error(None, _LATER)
        refused = _shown(request, quote, form, HTTPStatus.TOO_MANY_REQUESTS)
        refused["Retry-After"] = str(limit.seconds_left)
        return refused
    try:
        report(quote=quote, fault=form.cleaned_data["fault"], note=form.cleaned_data["note"])
    except ReportError as error:
        form.add_error(None, f"{str(error)[0].upper()}{str(error)[1:]}.")
        return _shown(request, quote, form, HTTPStatus.BAD_REQUEST)
    return thanks


def _limit(request: HttpRequest, quote: Quote) -> Limit | None:
    """The limit that this report exceeds, of those for an address and for a quote."""
    for policy, who in (("reports", address_of(request)), ("reports-of-a-quote", str(quote.pk))):
        limit = count(policy, who)
        if limit is not None and limit.is_exceeded:
            return limit
    return None


def _shown(
    request: HttpRequest,
    quote: Quote,
    form: ReportForm,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    is_sent: bool = False,
) -> HttpResponse:
    context = {"quote": quote, "shown": whole(quote), "form": form, "is_sent": is_sent}
    return render(request, "quotes/report.html", context, status=status)
