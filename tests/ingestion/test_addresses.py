"""One article has one address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion import DocumentError
from quotes.ingestion.addresses import canonical_url


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


@given(st.text(max_size=60))
def test_any_text_gives_a_stable_address_or_a_refusal(text: str) -> None:
    try:
        once = canonical_url(f"https://tidewatch.example/{text}")
    except DocumentError:
        return
    assert canonical_url(once) == once
    assert once.isascii()
