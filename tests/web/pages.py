"""What the outlets of the local web publish: articles and feeds of our own."""

from dataclasses import dataclass
from html import escape

PEOPLE = (
    "Oona Marlowe", "Desmond Achterberg", "Marta Quill", "Ivo Lindqvist", "Siobhan Tarrant", "Tomas Belgrave",
    "Greta Hollins", "Anil Ferreira", "Petra Vosk", "Callum Whitby", "Ines Carrow", "Ruben Aldous",
)  # fmt: skip
THINGS = ("harbour wall", "tram line", "school kitchen", "library roof", "water tower", "market hall")
GOOD = 24  # articles at /good/N


@dataclass(frozen=True)
class Answer:
    """What the server sends. `parts`: pieces of the body; a number is a pause of so many seconds."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    parts: tuple[bytes | float, ...] = ()


def words_of(number: int) -> str:
    """What is quoted in article `number`."""
    thing = THINGS[number % len(THINGS)]
    return f"We will mend the {thing} before winter number {number} is over"


def article(number: int, *, dated: bool = True, language: str = "en", extra: str = "") -> str:
    """An article's page."""
    person, thing = PEOPLE[number % len(PEOPLE)], THINGS[number % len(THINGS)]
    date = f'<meta property="article:published_time" content="2026-03-{number % 28 + 1:02}T09:30:00+01:00">'
    paragraphs = (
        f"The council of Tarn Bay voted on Monday to spend more on the {thing}, the {number + 3}th vote on "
        "it since the storms of last autumn tore through the lower part of the town.",
        f"“{words_of(number)},” {person}, the council leader, said after the meeting.",
        f"Residents had asked for the work for {number + 2} years, and two hundred of them filled the "
        "gallery to hear how the money would be found and who would be asked to do the work.",
        extra,
    )
    text = "".join(f"<p>{escape(one, quote=False)}</p>" for one in paragraphs if one)
    return (
        f'<!doctype html><html lang="{language}"><head><title>Vote {number} on the {thing}</title>'
        f'{date if dated else ""}</head><body><nav><a href="/">Home</a></nav><article><h1>Vote {number} on '
        f"the {thing}</h1>{text}</article><footer>All rights reserved</footer></body></html>"
    )


def rss(site: str, title: str, paths: list[str], *, full: str = "", dated: bool = True) -> str:
    """A feed of addresses; `full` is the whole text of each entry."""
    date = "<pubDate>Mon, 09 Mar 2026 08:00:00 GMT</pubDate>" if dated else ""
    content = f"<content:encoded><![CDATA[{full}]]></content:encoded>" if full else ""
    items = "".join(
        f"<item><title>Story {path}</title><link>{escape(site + path)}</link>{date}{content}</item>"
        for path in paths
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>{site}/</link>{items}</channel></rss>"
    )


def atom(site: str, title: str, paths: list[str]) -> str:
    entries = "".join(
        f'<entry><title>Story {path}</title><id>tag:{path}</id><link href="{escape(site + path)}"/>'
        "<updated>2026-03-09T08:00:00Z</updated></entry>"
        for path in paths
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{title}</title><id>tag:{title}</id><updated>2026-03-09T08:00:00Z</updated>{entries}</feed>"
    )
