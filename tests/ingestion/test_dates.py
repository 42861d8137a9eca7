"""Dates as people and programs write them: the moment that is meant, or none; never another one."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.ingestion.dates import parse_date
from quotes.ingestion.zones import country_of

MORNING = datetime(2020, 3, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 09 Mar 2020 08:00:00 GMT",
        "Mon, 9 Mar 2020 08:00 GMT",
        "09 Mar 20 08:00:00 +0000",
        "mon, 09 mar 2020 08:00:00 gmt",
        "MON, 09 MARCH 2020 08:00:00 Z",
        "Mon,09 Mar 2020 08:00:00GMT",
        "Mon 09-Mar-2020 08:00:00 UT",
        "Monday, March 9, 2020 8:00 AM UTC",
        "Mon. Mar. 9th, 2020 at 8:00 a.m. GMT",
        "Mon, 09 Mar 2020 09:00:00 +0100 (CET)",
        "Mon Mar 09 2020 09:00:00 GMT+0100 (Central European Standard Time)",
        "Mon Mar  9 08:00:00 2020",
        "Mon Mar  9 04:00:00 EDT 2020",
        "9 March 2020, 8am",
        "2020-03-09T08:00:00Z",
        "2020-03-09t08:00:00z",
        "2020-03-09T08:00",
        "2020-03-09T08",
        "2020-03-09T08:00:00.000+00:00",
        "2020-03-09T08:00:00,000000000Z",
        "2020-03-09T13:30:00+05:30",
        "2020-03-09T13:30:00+0530",
        "2020-03-09T13:30:00+0530[Asia/Kolkata]",
        "2020-03-09T13:00:00+05",
        "2020-03-09 03:30:00 \N{MINUS SIGN}04:30",
        "2020-03-09 08:00:00 +0000 UTC",
        "2020-03-09 11:00 UTC+3",
        "2020/3/9 8:00:00",
        "2020.03.09 08:00",
        "20200309T080000Z",
        "20200309080000",
        "2020-W11-1T08:00",
        "2020W111T080000",
        "2020-Mar-09 08:00",
        " \n 2020-03-09\t08:00 ",
        "1583740800",
        "1583740800000",
        "1583740800.0",
    ],
)
def test_one_moment_is_written_in_many_ways(written: str) -> None:
    assert parse_date(written) == MORNING


@pytest.mark.parametrize("day", ["Mon,", "Tues,", "Weds.", "Thur", "Thurs,", "Fri.", "Saturday", "SUN,"])
def test_the_weekday_goes_unheard_right_or_wrong(day: str) -> None:
    assert parse_date(f"{day} 09 Mar 2020 08:00:00 GMT") == MORNING


@pytest.mark.parametrize(
    ("zone", "hour", "minute"),
    [
        ("BST", 7, 0), ("IST", 2, 30), ("CEST", 6, 0), ("CET", 7, 0), ("SAST", 6, 0), ("PKT", 3, 0),
        ("EEST", 5, 0), ("MSK", 5, 0), ("EAT", 5, 0), ("WAT", 7, 0), ("NPT", 2, 15), ("+0545", 2, 15),
        ("EST", 13, 0), ("EDT", 12, 0), ("ET", 12, 0), ("PT", 15, 0), ("PST", 16, 0), ("CST", 14, 0),
        ("NST", 11, 30), ("-0330", 11, 30), ("AST", 12, 0), ("BRT", 11, 0), ("SGT", 0, 0), ("HKT", 0, 0),
        ("America/New_York", 12, 0), ("Europe/Berlin", 7, 0), ("GMT+5:30", 2, 30), ("gmt", 8, 0),
        ("-00:00", 8, 0), ("UTC-5", 13, 0),
    ],
)  # fmt: skip
def test_a_zone_is_what_it_is_called(zone: str, hour: int, minute: int) -> None:
    at = MORNING.replace(hour=hour, minute=minute)
    assert parse_date(f"Mon, 09 Mar 2020 08:00:00 {zone}") == at
    assert parse_date(f"2020-03-09 08:00 {zone}") == at


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("AEST", 10), ("AEDT", 11), ("NZST", 12), ("NZDT", 13), ("JST", 9), ("ACST", 9.5), ("KST", 9)],
)
def test_a_zone_may_make_it_the_day_before(zone: str, hours: float) -> None:
    assert parse_date(f"Mon, 09 Mar 2020 08:00:00 {zone}") == MORNING - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "country", "hours"),
    [
        ("IST", "in", 5.5), ("IST", "ie", 1), ("IST", "il", 2), ("BST", "gb", 1), ("BST", "bd", 6),
        ("CST", "us", -6), ("CST", "cn", 8), ("CST", "tw", 8), ("AST", "ca", -4), ("AST", "sa", 3),
        ("EST", "us", -5), ("EST", "au", None), ("CST", "cu", None), ("PST", "ph", None),
    ],
)  # fmt: skip
def test_a_name_of_several_zones_is_that_of_the_country(zone: str, country: str, hours: float | None) -> None:
    moment = parse_date(f"09 Mar 2020 08:00:00 {zone}", country=country)
    assert moment == (None if hours is None else MORNING - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("url", "language", "country"),
    [
        ("https://news.tidewatch.ie/feed", "", "ie"),
        ("https://tidewatch.il/feed", "en-US", "il"),
        ("https://tidewatch.example/feed", "en-IE", "ie"),
        ("https://tidewatch.example/feed", "zh_Hans_TW", "tw"),
        ("https://tidewatch.example/feed", "zh-CN", "cn"),
        ("https://tidewatch.example/feed", "zh", "cn"),
        ("https://tidewatch.example/feed", "he", "il"),
        ("https://tidewatch.example/feed", "en", ""),
        ("http://[", "", ""),
    ],
)
def test_the_country_is_that_of_the_host_else_of_the_language(url: str, language: str, country: str) -> None:
    assert country_of(url, language) == country


@pytest.mark.parametrize(
    "zone", ["XYZ", "SST", "BDT", "A", "EST5EDT", "+2500", "+0575", "Nowhere/City", "5:30"]
)
def test_a_zone_that_is_not_known_gives_no_date(zone: str) -> None:
    assert parse_date(f"Mon, 09 Mar 2020 08:00:00 {zone}") is None


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "yesterday", "2 hours ago", "Tue", "March", "10:30", "10:30 GMT", "2020", "2020-03",
        "March 2020", "Mar 9", "9 March", "Mon 08:00",  # parts are missing
        "01/02/2020", "1-2-2020", "03.09.2020", "03/09/2020 08:00", "1/2/03",  # day or month first
        "9 mars 2020", "9. März 2020", "lun, 09 mar 2020 08:00", "9 de marzo de 2020", "2020年3月9日",
        "9 maj 2020", "٩ مارس ٢٠٢٠", "2020-03-0٩",
        "2020-02-30", "30 Feb 2020", "2020-13-01", "2020-W54-1", "2020-03-09T25:00", "2020-03-09T24:01",
        "2020-03-09 08:60", "2020-03-09 08:00:61", "2020-03-09 13:00 AM", "0000-00-00", "0001-01-01",
        "1066-10-14", "1899-12-31", "9999-12-31T23:59:59-12:00", "Mon, 09 Mar 9999 08:00:00 GMT",
        "2020-03-09 08:00 - 10:00", "2020-03-09 and 2020-03-10", "Posted on 2020-03-09", "2020-03-0908:00",
        "2020-03-09T08:00:00 05:30", "2020-03-09 2020", "09032020", "2020-3/9", "20200309 8", "158374080",
        "2025-03-09 02:30 ET", "2020-11-01 01:30 ET",  # no such time, or twice
    ],
)  # fmt: skip
def test_what_is_not_sure_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016/6/29", date(2016, 6, 29)),
        ("29/06/2016", date(2016, 6, 29)),
        ("06/29/2016", date(2016, 6, 29)),
        ("29.6.2016", date(2016, 6, 29)),
        ("05/05/2016", date(2016, 5, 5)),
        ("May 2, 2016", date(2016, 5, 2)),
        ("2nd of May 2016", date(2016, 5, 2)),
        ("29 Sept 98", date(1998, 9, 29)),
        ("20160629", date(2016, 6, 29)),
        ("2016-06-29Z", date(2016, 6, 29)),
    ],
)
def test_a_day_without_a_time_begins_at_midnight(written: str, day: date) -> None:
    assert parse_date(written) == datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["Mon, 09 Mar 2020 24:00:00 GMT", "2020-03-09T24:00Z", "2020-03-09 23:59:60"]
)
def test_the_end_of_a_day_is_the_beginning_of_the_next(written: str) -> None:
    assert parse_date(written) == datetime(2020, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("half", "hour"), [("12:05 AM", 0), ("12:05 pm", 12), ("1:05 p.m.", 13), ("18:05 PM", 18)]
)
def test_noon_and_midnight_are_told_apart(half: str, hour: int) -> None:
    assert parse_date(f"March 9, 2020 {half}") == MORNING.replace(hour=hour, minute=5)


def test_what_lies_ahead_is_no_date_but_of_the_paper_of_tomorrow() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    assert parse_date((now + timedelta(days=1)).isoformat()) == now + timedelta(days=1)
    assert parse_date((now + timedelta(days=3)).isoformat()) is None


def test_old_dates_are_dates_where_they_are_expected() -> None:
    assert parse_date("1852-05-01", first_year=1600) == datetime(1852, 5, 1, tzinfo=UTC)
    assert parse_date("0001-01-01", first_year=1600) is None


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.builds(datetime.fromtimestamp, st.integers(-2_000_000_000, 1_700_000_000), OFFSETS)
FORMATS = [
    "%a, %d %b %Y %H:%M:%S %z", "%d %B %Y %H:%M:%S %z", "%A, %B %d, %Y at %I:%M:%S %p %z",
    "%Y-%m-%dT%H:%M:%S%z", "%Y%m%dT%H%M%S%z", "%G-W%V-%uT%H:%M:%S%z", "%Y/%m/%d %H:%M:%S %z",
    "%a %b %d %Y %H:%M:%S GMT%z", "%a %b %d %H:%M:%S %z %Y", "%d-%b-%Y %I:%M:%S%p %z",
]  # fmt: skip


@given(MOMENTS, st.sampled_from(FORMATS))
def test_a_moment_is_read_as_it_was_written(moment: datetime, form: str) -> None:
    assert parse_date(moment.strftime(form)) == moment
    assert parse_date(moment.strftime(form).lower()) == moment
    assert parse_date(moment.isoformat()) == moment


PIECES = st.sampled_from([
    "Mon,", "Tues.", "09", "9", "31", "2020", "1850", "20", "March", "Mar", "mai", "T", "t", ":", "/", "-",
    ".", "+05", "+0530", "Z", "BST", "ET", "am", "PM", "24:00", "08:00", "8:00:61", "W11-1", "00", "99999",
    "Europe/London", "(", ")", "[", "]", "\N{ARABIC-INDIC DIGIT NINE}", "\ud800", "\0", " ",
])  # fmt: skip


@given(
    st.text(max_size=40) | st.lists(PIECES, max_size=12).map("".join),
    st.sampled_from(["", "au"]),
)
@example("9" * 101, "")
@example("9999999999", "")
def test_any_string_gives_a_moment_in_bounds_or_none(written: str, country: str) -> None:
    moment = parse_date(written, country=country)
    assert moment is None or (
        moment.tzinfo is UTC and moment.year >= 1900 and moment <= datetime.now(UTC) + timedelta(days=2)
    )
