"""Web addresses -> the one form that an article is known by."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from quotes.ingestion.documents import DocumentError

LONGEST_URL = 2000
# Parameters that say who sent the reader, or that the page is for a telephone; never which article it is.
_TRACKING = {
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "igshid", "igsh", "mc_cid",
    "mc_eid", "cmpid", "cmp", "ocid", "smid", "smtyp", "ref_src", "ref_url", "mkt_tok", "_hsenc", "_hsmi",
    "vero_id", "ito", "xtor", "taid", "sr_share",
}  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "at_medium", "at_campaign", "at_custom", "ns_", "pk_", "mtm_", "piwik_")
_AMP_VALUES = {"amp": {"", "1", "true"}, "outputtype": {"amp"}}
_SPECIAL_HOST = re.compile(r"^(?:amp|m|mobile)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp(?:\.html)?)$")
_AMP_CACHE = re.compile(r"^/(?:[acv]|wp)/(s/)?([^/]+\.[^/]+)(/.*)?$")
_PUNCTUATION = "/%:@!$&'()*+,;=-._~"


def canonical_url(url: str) -> str:
    """`url` without fragment, tracking parameters, default port and upper-case host; "" stays "".

    It still leads to the page. Raises DocumentError, and nothing else, for what is no plain http(s) address.
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii").rstrip("."), parts.port
        query = parse_qsl(parts.query, keep_blank_values=True)
        path = quote(parts.path or "/", safe=_PUNCTUATION)
        kept = urlencode([(name, value) for name, value in query if not _is_tracking(name, value)])
    except ValueError as error:  # UnicodeError is one
        raise DocumentError(f"{url[:200]!r} is not a web address: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise DocumentError(
            f"{url[:200]!r} is not a web address: it should look like https://outlet.example/story"
        )
    if parts.username is not None or parts.password is not None:
        raise DocumentError(f"the address at {host} carries a user name or password: leave them out")
    if ":" in host:
        host = f"[{host}]"
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    clean = urlunsplit((parts.scheme, host, path, kept, ""))
    if len(clean) > LONGEST_URL:
        raise DocumentError(f"the address is {len(clean):,} characters long; {LONGEST_URL:,} is the most")
    return clean


def plain_address(url: str) -> str:
    """The address of the page that one for telephones or for AMP most likely stands for; `url` is canonical.

    amp., m. and mobile. in front of a host and /amp and .amp behind a path go, and an AMP cache leads to the
    outlet. A guess: a page that says itself where it is to be found is believed instead.
    """
    parts = urlsplit(url)
    host, path = parts.netloc, parts.path
    if host.endswith(".cdn.ampproject.org") and (cached := _AMP_CACHE.match(path)):
        host, path = unquote(cached[2]), cached[3] or "/"
    host = _SPECIAL_HOST.sub("", host)
    plain = urlunsplit((parts.scheme, host, _AMP_PATH.sub("", path) or "/", parts.query, ""))
    try:
        return canonical_url(plain)
    except DocumentError:
        return url


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in _AMP_VALUES:
        return value.lower() in _AMP_VALUES[name]
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
