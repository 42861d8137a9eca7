"""Bytes of a file or a response -> an article, by what the bytes are."""

import re

import webencodings

from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.text import parse_text

# What browsers take for a page, and how servers begin one that they did not check.
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?.*?>\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|link|base|script|style"
    rb"|noscript|main|article|section|header|div|table|form|center|font|h1|h2|p|br|a|b)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_document(data: bytes, *, max_bytes: int, url: str = "", charset: str = "") -> ArticleDocument:
    """The article in `data`: an HTML page, or plain text with or without a header (see `parse_text`).

    `url` is where it came from, for pages that name no canonical address themselves, `charset` what the
    server said of its characters.
    Raises DocumentError for what is empty, too large, binary or without an article.
    """
    if len(data) > max_bytes:
        raise DocumentError(
            f"it is larger than the {max_bytes:,} bytes that an article may have: "
            "cut it into articles, or raise QUOTETRACKER_MAX_ARTICLE_BYTES"
        )
    is_page = bool(_HTML.match(data[:2048].removeprefix(b"\xef\xbb\xbf")))
    text = decode(data, charset or (_declared(data) if is_page else ""))
    if not text.strip():
        raise DocumentError("there is no text in it: give a file with an article")
    if not is_page:
        return parse_text(text, url=url)
    from quotes.ingestion.html import parse_html  # trafilatura takes time and memory: for pages alone

    return parse_html(text, url=url)


def decode(data: bytes, charset: str = "") -> str:
    """The characters of `data`: by its mark, else UTF-8 if it can be, else as declared, else Windows-1252.

    What is UTF-8 can hardly be anything else by accident, whatever it is declared to be. Line ends stay as
    they are. Raises DocumentError for what is not text.
    """
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:  # UTF-32 begins the same way
            raise DocumentError("it begins like UTF-16 but is not: save it as UTF-8")
        return text
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Labels as browsers understand them: iso-8859-1 is Windows-1252. What is no character there becomes
        # U+FFFD, counted below.
        encoding = webencodings.lookup(charset)
        is_known = encoding is not None and encoding.name != "utf-8"
        text, _ = webencodings.decode(data, encoding if encoding and is_known else "windows-1252")
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f") or c == "\ufffd")
    if "\0" in text or odd > len(text) // 100:
        raise DocumentError("it is a binary file, not text: give plain text (UTF-8) or an HTML page")
    return text


def _declared(page: bytes) -> str:
    """The character set that a page itself names, as browsers look for it."""
    found = _CHARSET.search(page[:1024])
    return found[1].decode("ascii") if found else ""
