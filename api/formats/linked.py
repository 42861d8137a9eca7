"""Records as JSON-LD in the words of schema.org: Quotation, Person, NewsArticle, NewsMediaOrganization."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework.request import Request

from quotes.exporting.columns import moment
from quotes.models import Article, ArticleRevision, Quote, Source, Speaker

CONTEXT = "https://schema.org"

Node = dict[str, Any]

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


def quote_node(quote: Quote, request: Request) -> Node:
    article = quote.revision.article
    return _said(
        {
            "@type": "Quotation",
            "@id": quote.urn,
            "url": request.build_absolute_uri(quote.get_absolute_url()),
            "text": quote.text,
            "inLanguage": quote.revision.language,
            "creator": speaker_node(quote.speaker, request) if quote.speaker else None,
            "isPartOf": article_node(article, request, quote.revision),
            "isBasedOn": quote.source_url,
            "datePublished": moment(article.published_at) if article.published_at else None,
            "dateModified": moment(quote.updated_at),
        }
    )


def speaker_node(speaker: Speaker, request: Request) -> Node:
    return _said(
        {
            "@type": _TYPES[Speaker.Kind(speaker.kind)],
            "@id": speaker.urn,
            "name": speaker.name,
            "url": request.build_absolute_uri(speaker.get_absolute_url()),
            "description": speaker.description,
            "sameAs": f"http://www.wikidata.org/entity/{speaker.wikidata_id}"
            if speaker.wikidata_id
            else None,
        }
    )


def article_node(article: Article, request: Request, revision: ArticleRevision | None = None) -> Node:
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
            "publisher": source_node(article.source, request),
        }
    )


def source_node(source: Source, request: Request) -> Node:
    return _said(
        {
            "@type": "NewsMediaOrganization",
            "@id": request.build_absolute_uri(reverse("source-detail", args=[source.slug])),
            "name": source.name,
            "url": source.homepage,
        }
    )


def _said(node: Node) -> Node:
    """Without what nothing is known of."""
    return {name: value for name, value in node.items() if value not in (None, "")}
