"""Bytes of a file or a response -> an article, by what the bytes are."""

import re

from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.html import parse_html
from quotes.ingestion.text import parse_text

_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_document(data: bytes, *, max_bytes: int, url: str = "") -> ArticleDocument:
    """The article in `data`: an HTML page, or plain text with or without a header (see `parse_text`).

    `url` is where it came from, for pages that name no canonical address themselves.
    Raises DocumentError for what is empty, too large, binary or without an article.
    """
    if len(data) > max_bytes:
        raise DocumentError(
            f"it is larger than the {max_bytes:,} bytes that an article may have: "
            "cut it into articles, or raise QUOTETRACKER_MAX_ARTICLE_BYTES"
        )
    text = decode(data)
    if not text.strip():
        raise DocumentError("there is no text in it: give a file with an article")
    if _HTML.match(data[:2048].removeprefix(b"\xef\xbb\xbf")):
        return parse_html(text, url=url)
    return parse_text(text, url=url)


def decode(data: bytes) -> str:
    """The characters of `data`: UTF-8 or UTF-16 by its mark, else Windows-1252, as old wire copy has it.

    Line ends stay as they are. Raises DocumentError for what is not text.
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
        # 0x81, 0x8d, 0x8f, 0x90 and 0x9d are no characters there: they become U+FFFD, counted below.
        text = data.decode("cp1252", errors="replace")
    odd = sum(1 for c in text if (c < " " and c not in "\t\n\r\f") or c == "\ufffd")
    if "\0" in text or odd > len(text) // 100:
        raise DocumentError("it is a binary file, not text: give plain text (UTF-8) or an HTML page")
    return text
