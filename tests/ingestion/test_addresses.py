"""One article has one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion import DocumentError
from quotes.ingestion.addresses import canonical_url, plain_address


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("", ""),
        ("https://Tidewatch.Example", "https://tidewatch.example/"),
        ("https://tidewatch.example:443/a#b", "https://tidewatch.example/a"),
        ("http://tidewatch.example:8080/a", "http://tidewatch.example:8080/a"),
        ("https://tidewatch.example/a?id=3&utm_source=x&fbclid=y", "https://tidewatch.example/a?id=3"),
        ("https://tidewatch.example/a?q=", "https://tidewatch.example/a?q="),
        ("https://tidewatch.example/ä b", "https://tidewatch.example/%C3%A4%20b"),
        ("https://tidewatch.example/%C3%A4", "https://tidewatch.example/%C3%A4"),
        ("https://überfahrt.example/", "https://xn--berfahrt-55a.example/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_the_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "ferries",
        "ftp://tidewatch.example/a",
        "javascript:alert(1)",
        "https://",
        "https://user:pw@tidewatch.example/",
        "https://tidewatch.example:99999/",
        "https://tidewatch.example/" + "a" * 2000,
        "https://[::1/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(DocumentError):
        canonical_url(url)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://m.tidewatch.example/a", "https://tidewatch.example/a"),
        ("https://mobile.tidewatch.example/a?id=1", "https://tidewatch.example/a?id=1"),
        ("https://amp.tidewatch.example/a", "https://tidewatch.example/a"),
        ("https://tidewatch.example/a/amp/", "https://tidewatch.example/a"),
        ("https://tidewatch.example/a.amp", "https://tidewatch.example/a"),
        ("https://x.cdn.ampproject.org/c/s/tidewatch.example/a", "https://tidewatch.example/a"),
        ("https://tidewatch.example/champ", "https://tidewatch.example/champ"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://tidewatch.example/amp", "https://tidewatch.example/"),
    ],
)
def test_a_page_for_telephones_stands_for_another(url: str, plain: str) -> None:
    assert plain_address(url) == plain


@pytest.mark.parametrize("query", ["amp=1", "outputType=amp", "utm_source=a&gclid=b", "AMP"])
def test_what_says_only_how_a_page_is_shown_does_not_count(query: str) -> None:
    assert canonical_url(f"https://tidewatch.example/a?{query}&id=3") == "https://tidewatch.example/a?id=3"
    assert canonical_url("https://tidewatch.example/a?amp=7") == "https://tidewatch.example/a?amp=7"


@given(st.text(max_size=60) | st.from_regex(r"https?://[\s\S]{0,40}", fullmatch=True))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for address in (text, f"https://{text}", f"https://tidewatch.example/?{text}", text + "\ud800"):
        try:
            once = canonical_url(address)
        except DocumentError:
            continue
        assert canonical_url(once) == once
        assert plain_address(plain_address(once)) == plain_address(once)


@given(st.text(max_size=60))
def test_any_text_gives_a_stable_address_or_a_refusal(text: str) -> None:
    try:
        once = canonical_url(f"https://tidewatch.example/{text}")
    except DocumentError:
        return
    assert canonical_url(once) == once
    assert once.isascii()
