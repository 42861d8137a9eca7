"""Every address of the service."""

from django.contrib import admin
from django.urls import include, path

from quotes import health
from quotes.admin.accuracy import accuracy_page
from quotes.admin.alerts import kept_mail_page
from quotes.admin.autocomplete import Completion

admin.site.site_header = "quotetracker"
admin.site.site_title = "quotetracker"
admin.site.index_title = "Review"
admin.site.index_template = "admin/quotes/index.html"

urlpatterns = [
    path("admin/quotes/accuracy/", admin.site.admin_view(accuracy_page), name="accuracy"),
    path("admin/quotes/mail/", admin.site.admin_view(kept_mail_page), name="kept-mail"),
    path("admin/quotes/mail/<str:name>/", admin.site.admin_view(kept_mail_page), name="kept-message"),
    path("admin/quotes/review/", include("quotes.desk.urls")),
    path("admin/autocomplete/", admin.site.admin_view(Completion.as_view(admin_site=admin.site))),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include("api.urls")),
    path("feeds/", include("api.feeds.urls")),
    path("", include("quotes.urls")),
]
