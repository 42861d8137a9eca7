"""Addresses of the pages for readers and of the feeds."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from quotes.feeds import FORMATS
from quotes.views import (
    about,
    alerts,
    articles,
    cards,
    feeds,
    home,
    machines,
    oembed,
    quotes,
    reports,
    search,
    sources,
    speakers,
)


class FeedFormat(StringConverter):
    """What the address of a feed ends in."""

    regex = "|".join(FORMATS)


register_converter(FeedFormat, "feed_format")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("speakers/", speakers.speakers_page, name="speakers"),
    path("speakers/<slug:slug>/", speakers.speaker_page, name="speaker"),
    path("speakers/<slug:slug>/feed.<feed_format:suffix>", feeds.speaker_feed, name="speaker-feed"),
    path("sources/<slug:slug>/feed.<feed_format:suffix>", feeds.source_feed, name="source-feed"),
    path("articles/<uuid:public_id>/feed.<feed_format:suffix>", feeds.article_feed, name="article-feed"),
    path("quotes/<uuid:public_id>/", quotes.quote_page, name="quote"),
    path("quotes/<uuid:public_id>/card.png", cards.quote_card, name="quote-card"),
    path("quotes/<uuid:public_id>/embed/", quotes.embed_page, name="quote-embed"),
    path("quotes/<uuid:public_id>/report/", reports.report_page, name="quote-report"),
    path("articles/<uuid:public_id>/", articles.article_page, name="article"),
    path("sources/", sources.sources_page, name="sources"),
    path("sources/<slug:slug>/", sources.source_page, name="source"),
    path("about/", about.about_page, name="about"),
    path("oembed", oembed.oembed, name="oembed"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("sitemap.xml", machines.sitemaps, name="sitemaps"),
    path("sitemaps/<slug:kind>-<int:number>.xml", machines.sitemap, name="sitemap"),
    path("alerts/new/", alerts.new, name="alert-new"),
    path("alerts/sent/", alerts.sent, name="alert-sent"),
    path("alerts/ended/", alerts.ended, name="alert-ended"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("alerts/manage/<str:token>/", alerts.manage, name="alert-manage"),
    path("alerts/unsubscribe/<str:token>/", alerts.unsubscribe, name="alert-unsubscribe"),
]
