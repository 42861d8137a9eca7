"""Web addresses -> the one form that an article is known by."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from quotes.ingestion.documents import DocumentError

LONGEST_URL = 2000
# Parameters that say who sent the reader, never which article it is.
_TRACKING = {
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "cmpid",
    "ocid",
    "smid",
    "ref_src",
}
_TRACKING_PREFIXES = ("utm_", "at_medium", "at_campaign", "at_custom", "ns_")


def canonical_url(url: str) -> str:
    """`url` without fragment, tracking parameters, default port and upper-case host; "" stays "".

    Raises DocumentError for what is not a plain http(s) address.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # UnicodeError is one
        raise DocumentError(f"{url[:200]!r} is not a web address: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise DocumentError(
            f"{url[:200]!r} is not a web address: it should look like https://outlet.example/story"
        )
    if parts.username or parts.password:
        raise DocumentError(f"the address at {host} carries a user name or password: leave them out")
    if ":" in host:
        host = f"[{host}]"
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
    ]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    clean = urlunsplit((parts.scheme, host, path, urlencode(kept), ""))
    if len(clean) > LONGEST_URL:
        raise DocumentError(f"the address is {len(clean):,} characters long; {LONGEST_URL:,} is the most")
    return clean
