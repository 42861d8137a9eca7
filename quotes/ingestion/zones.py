"""Zones as people write them -> zones. A name that news uses for two is none, but where the country says."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MOST = timedelta(hours=14)
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+−-])(\d{2}):?(\d{2})|(?:utc|gmt)? ?([+−-])(\d{1,2})(?::(\d{2}))?")
_PLACE = re.compile(r"[a-z]+(?:/[a-z_-]+){1,2}", re.IGNORECASE)
# Behind an offset a name or place only repeats it: +0530 IST, GMT+0100 (Central European Time).
_REPEATED = re.compile(r"(?<=\d) ?(?:\([^()]*\)|\[[^\[\]]*\]|[a-z]{2,5})$", re.IGNORECASE)

# Hours, or hours and minutes. What is missing here is not known: SST is Singapore or Samoa.
_NAMES = {
    "Z": "0", "UT": "0", "UTC": "0", "GMT": "0", "WET": "0", "WEST": "1",
    "WAT": "1", "CET": "1", "MET": "1", "MEZ": "1", "CEST": "2", "MEST": "2", "MESZ": "2", "CAT": "2",
    "SAST": "2", "EET": "2", "EEST": "3", "IDT": "3", "EAT": "3", "MSK": "3", "TRT": "3", "IRST": "3:30",
    "GST": "4", "AFT": "4:30", "PKT": "5", "NPT": "5:45", "MMT": "6:30", "ICT": "7", "WIB": "7",
    "WITA": "8", "SGT": "8", "HKT": "8", "MYT": "8", "PHT": "8", "AWST": "8", "WIT": "9", "JST": "9",
    "KST": "9", "ACST": "9:30", "ACDT": "10:30", "AEST": "10", "AEDT": "11", "NZST": "12", "NZDT": "13",
    "NDT": "-2:30", "NST": "-3:30", "ADT": "-3", "ART": "-3", "BRT": "-3", "UYT": "-3", "VET": "-4",
    "BOT": "-4", "COT": "-5", "PET": "-5", "AKDT": "-8", "AKST": "-9", "HST": "-10",
    # By RFC 822.
    "EDT": "-4", "EST": "-5", "CDT": "-5", "CST": "-6", "MDT": "-6", "MST": "-7", "PDT": "-7", "PST": "-8",
    # Nearly always, in news: India, British summer, the Atlantic provinces of Canada.
    "IST": "5:30", "BST": "1", "AST": "-4",
}  # fmt: skip
# Where it means something else; "" where it may be either: an Australian EST, or that of the server.
_ELSEWHERE = {
    ("IST", "ie"): "1", ("IST", "il"): "2", ("BST", "bd"): "6",
    **dict.fromkeys([("CST", "cn"), ("CST", "tw"), ("CST", "hk"), ("CST", "mo")], "8"),
    **dict.fromkeys([("AST", one) for one in ("sa", "kw", "qa", "bh", "ye", "iq", "jo")], "3"),
    ("CST", "cu"): "", ("CDT", "cu"): "", ("PST", "ph"): "", ("MST", "my"): "", ("NST", "np"): "",
    **dict.fromkeys([(one, "au") for one in ("EST", "EDT", "CST", "CDT")], ""),
}  # fmt: skip
# With and without summer time, which the date decides.
_ALL_YEAR = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
             "PT": "America/Los_Angeles"}  # fmt: skip
# Languages of one country, as far as the names above go.
_HOMES = {"zh": "cn", "he": "il", "iw": "il", "ga": "ie", "bn": "bd", "ar": "sa"}


def country_of(url: str, language: str = "") -> str:
    """Two letters, from the host's ending, else from the language; "" where neither says."""
    try:
        ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        ending = ""
    if len(ending) == 2:
        return ending
    name, *parts = language.lower().replace("_", "-").split("-")
    region = next((part for part in parts if len(part) == 2 and part.isalpha()), "")
    return region or _HOMES.get(name, "")


def zone_of(written: str, country: str) -> tzinfo | None:
    """The zone, UTC for "", None for what is not known."""
    if not written:
        return UTC
    if offset := _OFFSET.fullmatch(_REPEATED.sub("", written).lower()):
        sign, hours, minutes = (offset[i] or offset[i + 3] for i in (1, 2, 3))
        return _fixed(int(hours), int(minutes or 0), is_west=sign != "+")
    name = written.upper()
    if _PLACE.fullmatch(written) or name in _ALL_YEAR:
        return _place(_ALL_YEAR.get(name, written))
    hours, _, minutes = _ELSEWHERE.get((name, country), _NAMES.get(name, "")).partition(":")
    if not hours:
        return None
    return _fixed(abs(int(hours)), int(minutes or 0), is_west=hours.startswith("-"))


def _fixed(hours: int, minutes: int, *, is_west: bool) -> tzinfo | None:
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > _MOST:
        return None
    return timezone(-offset if is_west else offset)


def _place(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment_in(zone: tzinfo, local: datetime) -> datetime | None:
    """`local` as UTC; None where it is none there, or twice, as when clocks are changed."""
    try:
        moment = local.replace(tzinfo=zone).astimezone(UTC)
        other = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment == other else None
