"""A date as feeds, pages and archives write it -> the moment. What may mean two things means none.

All of it must be understood: a date with its day and year, perhaps a time, perhaps a zone. Nothing is filled
in but midnight and UTC. Words are English: months of other languages give no date.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from quotes.ingestion.zones import moment_in, zone_of

FIRST_YEAR = 1900  # of what is on the web; what is before it is a mistake
_AHEAD = timedelta(days=2)  # a day's paper is dated ahead, and it is tomorrow already in Auckland
_LONGEST = 100  # characters

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_FLAGS = re.IGNORECASE | re.ASCII
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# The weekday goes unheard: where it contradicts the date, that says more.
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,? ?(?=[\da-z])", _FLAGS
)
# As C and Java write it: Mar 9 08:00:00 GMT 2026.
_YEAR_LAST = re.compile(r"([a-z]+) (\d{1,2}) (\d{1,2}:.+) (\d{4})", _FLAGS)
_DATES = [
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?P<year>\d{4})(?P<by>[-/.])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=$|[ t]|\d{6}$)",
        r"(?P<one>\d{1,2})(?P<by>[-/.])(?P<other>\d{1,2})(?P=by)(?P<year>\d{4})(?!\d)",
        rf"{_DAY}(?: of)?[ /-]?{_MONTH},?[ /-]?(?P<year>\d{{4}}|\d\d)(?!\d)",
        rf"{_MONTH} ?{_DAY},? (?P<year>\d{{4}})(?!\d)",
        rf"(?P<year>\d{{4}})[ /-]{_MONTH}[ /-](?P<day>\d{{1,2}})(?!\d)",
        r"(?P<year>\d{4})(?P<by>-?)W(?P<week>\d\d)(?P=by)(?P<weekday>\d)(?!\d)",
    )
]
_SECOND = r"(?P<second>\d\d)(?:[.,](?P<part>\d+))?"
_HALF = r"(?P<half>[ap]\.?m\b\.?)"
_BETWEEN = r"(?:,? at |[ ,]*[-–|] | ?t ?|[ ,]+)"
_TIMES = [
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"{_BETWEEN}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::{_SECOND})? ?{_HALF}?",
        rf"{_BETWEEN}(?P<hour>\d{{1,2}}) ?{_HALF}",
        rf"(?:t|(?<=\d{{8}}))(?P<hour>\d\d)(?:(?P<minute>\d\d)(?:{_SECOND})?)?",
    )
]
_SECONDS = re.compile(r"(\d{10})(?:\.(\d{1,9}))?|(\d{10})(\d{3})", re.ASCII)  # since 1970


def parse_date(written: str, *, country: str = "", first_year: int = FIRST_YEAR) -> datetime | None:
    """The moment in UTC, from `first_year` to the day after tomorrow; None if it is not sure which it is.

    `country`: two letters, for names of zones that mean different ones.
    """
    text = " ".join(written.split()) if len(written) <= _LONGEST else ""
    moment = _since_1970(text) or _moment(text, country)
    if moment is None or moment.year < first_year or moment > datetime.now(UTC) + _AHEAD:
        return None
    return moment


def _since_1970(text: str) -> datetime | None:
    if not (found := _SECONDS.fullmatch(text)):
        return None
    seconds, part = found[1] or found[3], found[2] or found[4]
    return datetime.fromtimestamp(int(seconds), UTC) + _fraction(part)


def _moment(text: str, country: str) -> datetime | None:
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if found := _YEAR_LAST.fullmatch(text):
        text = "{1} {0} {3} {2}".format(*found.groups())
    day, end = _match(_DATES, text, 0)
    clock, end = _match(_TIMES, text, end)
    midnight, after = _midnight(day), _after_midnight(clock)
    zone = zone_of(text[end:].strip(" ,"), country)
    if midnight is None or after is None or zone is None:
        return None
    return moment_in(zone, midnight + after)


def _match(patterns: list[re.Pattern[str]], text: str, at: int) -> tuple[dict[str, str], int]:
    """What the first of these that fits there says, and where it ends."""
    for pattern in patterns:
        if found := pattern.match(text, at):
            return {name: value for name, value in found.groupdict().items() if value}, found.end()
    return {}, at


def _midnight(said: dict[str, str]) -> datetime | None:
    try:
        return datetime.combine(_day(said), time()) if said else None
    except (ValueError, OverflowError):
        return None


def _day(said: dict[str, str]) -> date:
    """Raises ValueError if there is none, OverflowError if it is beyond all dates."""
    year = _year(said["year"])
    if "week" in said:
        return date.fromisocalendar(year, int(said["week"]), int(said["weekday"]))
    if "one" in said:
        return _either(year, int(said["one"]), int(said["other"]))
    return date(
        year, _MONTHS[said["name"].lower()] if "name" in said else int(said["month"]), int(said["day"])
    )


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (1900 if year >= 70 else 2000)


def _either(year: int, one: int, other: int) -> date:
    """Day and month, or month and day. Raises ValueError if it may be either."""
    if one <= 12 and other <= 12 and one != other:
        raise ValueError("it may be either")
    return date(year, min(one, other), max(one, other))


def _after_midnight(said: dict[str, str]) -> timedelta | None:
    """How long it is until then; nothing where no time is said, None for what is none."""
    hour, minute, second = (int(said.get(name, 0)) for name in ("hour", "minute", "second"))
    half = said.get("half", "")[:1].lower()
    if half == "a" and hour > 12:
        return None
    if half and hour == 12:
        hour = 0
    if half == "p" and hour < 12:
        hour += 12
    after = timedelta(hours=hour, minutes=minute, seconds=second) + _fraction(said.get("part"))
    is_time = minute < 60 and second <= 60 and after <= timedelta(days=1)
    return after if is_time else None


def _fraction(digits: str | None) -> timedelta:
    return timedelta(microseconds=int((digits or "0")[:6].ljust(6, "0")))
