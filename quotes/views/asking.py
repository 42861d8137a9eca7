"""What a reader searches for, under the names that the API has; what is wrong with it is told, not raised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from quotes.models import Quote, Source, Speaker
from quotes.search import SCOPES, Question, QuestionError, Scope, matching, read_question
from quotes.selectors import speaker_at

ORDERS = {"relevance": "best first", "date": "newest first", "-date": "oldest first"}
_MANY = 20  # values of a parameter
_LONGEST = 200  # characters of a value that are repeated to who gave it
_MOST_SOURCES = 5000  # among which a near one is looked for


@dataclass(slots=True)
class Asked:
    """A search: what for, narrowed down to what, in which order; `problems` by parameter."""

    q: str = ""
    question: Question | None = None
    scope: Scope = "words"
    speakers: list[Speaker] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    published_from: str = ""
    published_to: str = ""
    order: str = "date"
    problems: dict[str, str] = field(default_factory=dict)
    _bounds: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.speakers or self.sources or self.kinds or self._bounds)

    @property
    def is_anything(self) -> bool:
        """Whether something is asked for."""
        return self.question is not None or self.is_narrowed

    def narrow(self, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
        """Those of `quotes` that are asked for. Asks the database at once where words are."""
        if self.speakers:
            quotes = quotes.filter(speaker__in=[one.pk for one in self.speakers])
        if self.sources:
            quotes = quotes.filter(source__in=[one.pk for one in self.sources])
        if self.kinds:
            quotes = quotes.filter(kind__in=self.kinds)
        if self._bounds:  # what has no date of publication is in no such stretch
            quotes = quotes.filter(revision__article__published_at__isnull=False)
        if first := self._bounds.get("published_from"):
            quotes = quotes.filter(dated_at__gte=first)
        if last := self._bounds.get("published_to"):
            quotes = quotes.filter(dated_at__lte=last)
        return matching(quotes, self.question, self.scope) if self.question else quotes

    def parameters(self) -> list[tuple[str, str]]:
        """As an address has them, in one order."""
        told = [("q", self.q), ("in", self.scope if self.scope != "words" else "")]
        told += [("speaker", one.slug) for one in self.speakers]
        told += [("source", one.slug) for one in self.sources]
        told += [("kind", one) for one in self.kinds]
        told += [("published_from", self.published_from), ("published_to", self.published_to)]
        told += [("order", self.order if self.order != self.usual_order else "")]
        return [(name, value) for name, value in told if value]

    def query(self, **changed: Any) -> str:
        """The address of a search that differs in these; None leaves one out."""
        kept = [pair for pair in self.parameters() if pair[0] not in changed]
        return urlencode([*kept, *((name, value) for name, value in changed.items() if value)])

    def without(self, name: str, value: str) -> str:
        """The address without this one value."""
        return urlencode([pair for pair in self.parameters() if pair != (name, value)])

    @property
    def usual_order(self) -> str:
        return "relevance" if self.q else "date"


def asked_in(given: QueryDict) -> Asked:
    """The search that an address asks for; what makes no sense in it is left out, and told."""
    asked = Asked(q=given.get("q", "").replace("\0", "").strip())
    if asked.q:
        try:
            asked.question = read_question(asked.q)
        except QuestionError as error:
            asked.problems["q"] = f"{str(error)[0].upper()}{str(error)[1:]}."
    scope = given.get("in", "") or "words"
    known = {one: one for one in SCOPES}
    if scope in known:
        asked.scope = known[scope]
    else:
        asked.problems["in"] = f"There is no “{_short(scope)}” to search in: {' or '.join(SCOPES)}."
    asked.speakers = list(_speakers(given, asked.problems))
    asked.sources = _sources(given, asked.problems)
    for kind in _values(given, "kind", asked.problems):
        if kind in Quote.Kind.values:
            asked.kinds.append(kind)
        else:
            asked.problems["kind"] = f"There is no kind “{_short(kind)}”: {', '.join(Quote.Kind.values)}."
    _read_dates(given, asked)
    asked.order = given.get("order", "") or asked.usual_order
    if asked.order not in ORDERS:
        orders = ", ".join(ORDERS)
        asked.problems["order"] = f"There is no order “{_short(asked.order)}” here: {orders}."
    if asked.order not in ORDERS or not asked.q:  # where there are no words, nothing is relevant to them
        asked.order = asked.order if asked.order in {"date", "-date"} else asked.usual_order
    return asked


def _read_dates(given: QueryDict, asked: Asked) -> None:
    for name in ("published_from", "published_to"):
        value = given.get(name, "").strip()
        if not value:
            continue
        moment = _moment(value, ends=name == "published_to")
        if moment is None:
            asked.problems[name] = f"“{_short(value)}” is no date: write it as 2026-03-24."
            continue
        setattr(asked, name, value)
        asked._bounds[name] = moment
    first, last = asked._bounds.get("published_from"), asked._bounds.get("published_to")
    if first and last and first > last:
        asked.problems["published_from"] = "It is later than the last day: turn them round."


def _values(given: QueryDict, name: str, problems: dict[str, str]) -> list[str]:
    """Of a parameter that may be given several times, or with commas."""
    values = [one.strip() for value in given.getlist(name) for one in value.split(",") if one.strip()]
    if len(values) > _MANY:
        problems[name] = f"These are {len(values)} values: {_MANY} are the most."
    return list(dict.fromkeys(values))[:_MANY]


def _speakers(given: QueryDict, problems: dict[str, str]) -> Iterator[Speaker]:
    found: set[int] = set()
    for slug in _values(given, "speaker", problems):
        try:
            speaker = speaker_at(slug.replace("\0", ""))
        except Speaker.DoesNotExist:
            problems["speaker"] = f"There is no speaker “{_short(slug)}” here: choose one by name."
            continue
        if speaker.pk not in found:
            found.add(speaker.pk)
            yield speaker


def _sources(given: QueryDict, problems: dict[str, str]) -> list[Source]:
    slugs = [slug.replace("\0", "") for slug in _values(given, "source", problems)]
    known = {one.slug: one for one in Source.objects.filter(slug__in=slugs)} if slugs else {}
    for slug in slugs:
        if slug not in known:
            all_: Sequence[str] = list(Source.objects.values_list("slug", flat=True)[:_MOST_SOURCES])
            near = get_close_matches(slug[:100], all_, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            problems["source"] = f"There is no outlet “{_short(slug)}” here.{hint}"
    return [known[slug] for slug in slugs if slug in known]


def _moment(text: str, *, ends: bool) -> datetime | None:
    """A day, to its last moment with `ends`, or a time; None for what is neither."""
    try:
        # A plus sign that was not percent-encoded arrives as a space.
        read = parse_date(text) or parse_datetime(text.replace(" ", "+"))
        if isinstance(read, datetime):
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
        if isinstance(read, date):
            day = datetime.combine(read, time.min, UTC)
            return day + timedelta(days=1) - timedelta(microseconds=1) if ends else day
    except (ValueError, OverflowError):
        pass
    return None


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
