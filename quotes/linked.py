"""Records as JSON-LD in the words of schema.org: Quotation, Person, NewsArticle, NewsMediaOrganization."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from quotes.exporting.columns import moment
from quotes.models import Article, ArticleRevision, Quote, Source, Speaker

CONTEXT = "https://schema.org"

Node = dict[str, Any]
Absolute = Callable[[str], str]  # a path as a whole address

# A group is told by what it is called, and several people who are called one thing are nearest to this.
_TYPES = {
    Speaker.Kind.PERSON: "Person",
    Speaker.Kind.UNNAMED: "Person",
    Speaker.Kind.ORGANIZATION: "Organization",
    Speaker.Kind.GROUP: "Organization",
    Speaker.Kind.DOCUMENT: "CreativeWork",
}


def document(node: Node) -> Node:
    """A record by itself."""
    return {"@context": CONTEXT, **node}


def listed(nodes: Iterable[Node]) -> Node:
    """A page of a list."""
    items = [
        {"@type": "ListItem", "position": position, "item": node} for position, node in enumerate(nodes, 1)
    ]
    return {"@context": CONTEXT, "@type": "ItemList", "itemListElement": items}


def quote_node(quote: Quote, absolute: Absolute) -> Node:
    article = quote.revision.article
    return _said(
        {
            "@type": "Quotation",
            "@id": quote.urn,
            "url": absolute(quote.get_absolute_url()),
            "text": quote.text,
            "inLanguage": quote.revision.language,
            "creator": speaker_node(quote.speaker, absolute) if quote.speaker else None,
            "isPartOf": article_node(article, absolute, quote.revision),
            "isBasedOn": quote.source_url,
            "datePublished": moment(article.published_at) if article.published_at else None,
            "dateModified": moment(quote.updated_at),
        }
    )


def speaker_node(speaker: Speaker, absolute: Absolute) -> Node:
    return _said(
        {
            "@type": _TYPES[Speaker.Kind(speaker.kind)],
            "@id": speaker.urn,
            "name": speaker.name,
            "url": absolute(speaker.get_absolute_url()),
            "description": speaker.description,
            "sameAs": f"http://www.wikidata.org/entity/{speaker.wikidata_id}"
            if speaker.wikidata_id
            else None,
        }
    )


def article_node(article: Article, absolute: Absolute, revision: ArticleRevision | None = None) -> Node:
    """With the headline and the byline that a text of it had, the current one unless another is given.

    A byline stands there as it is: who of those in it is a person, and who a desk, nobody has looked at.
    """
    text = revision or article.revision
    return _said(
        {
            "@type": "NewsArticle",
            "@id": article.public_id.urn,
            "headline": text.title,
            "author": text.byline,
            "url": article.web_url,
            "datePublished": moment(article.published_at) if article.published_at else None,
            "publisher": source_node(article.source, absolute),
        }
    )


def source_node(source: Source, absolute: Absolute) -> Node:
    return _said(
        {
            "@type": "NewsMediaOrganization",
            "@id": absolute(reverse("source-detail", args=[source.slug])),
            "name": source.name,
            "url": source.homepage,
        }
    )


def _said(node: Node) -> Node:
    """Without what nothing is known of."""
    return {name: value for name, value in node.items() if value not in (None, "")}


def site_node(absolute: Absolute) -> Node:
    """The site itself, and how it is searched."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{absolute(reverse('search'))}?q={{search_term_string}}"}
    return {
        "@type": "WebSite",
        "name": "quotetracker",
        "url": absolute(reverse("home")),
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }
