"""Where the answers of one operation lead: the `links` of the OpenAPI document.

Pages are not among them: `next` is an address, of which OpenAPI has no way to take the cursor out.
"""

from typing import Any

Links = dict[str, dict[str, Any]]

_ID, _FIRST = "$response.body#/id", "$response.body#/results/0"
_DECISIONS = ("approve", "reject", "dispute", "retract", "reopen", "attribute", "bounds")


def _link(operation: str, **parameters: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": parameters}


def _by_id(operation: str, found: str = _ID) -> dict[str, Any]:
    return _link(operation, public_id=found)


# Operation -> status -> name -> link
LINKS: dict[str, dict[str, Links]] = {
    "quotes_list": {
        "200": {
            "quote": _by_id("quotes_retrieve", f"{_FIRST}/id"),
            "speaker": _link("speakers_retrieve", slug=f"{_FIRST}/speaker/slug"),
            "source": _link("sources_retrieve", slug=f"{_FIRST}/article/source/slug"),
        }
    },
    "quotes_retrieve": {
        "200": {
            "speaker": _link("speakers_retrieve", slug="$response.body#/speaker/slug"),
            "quotesOfSpeaker": _link("quotes_list", speaker="$response.body#/speaker/slug"),
        }
    },
    "speakers_list": {
        "200": {
            "speaker": _link("speakers_retrieve", slug=f"{_FIRST}/slug"),
            "quotes": _link("quotes_list", speaker=f"{_FIRST}/slug"),
        }
    },
    "speakers_retrieve": {"200": {"quotes": _link("quotes_list", speaker="$response.body#/slug")}},
    "articles_list": {
        "200": {
            "article": _by_id("articles_retrieve", f"{_FIRST}/id"),
            "quotes": _link("quotes_list", article=f"{_FIRST}/id"),
        }
    },
    "articles_retrieve": {"200": {"quotes": _link("quotes_list", article=_ID)}},
    "sources_list": {
        "200": {
            "source": _link("sources_retrieve", slug=f"{_FIRST}/slug"),
            "quotes": _link("quotes_list", source=f"{_FIRST}/slug"),
        }
    },
    "ingest_create": {"202": {"submission": _by_id("ingest_retrieve")}},
    "review_quotes_list": {"200": {"quote": _by_id("review_quotes_retrieve", f"{_FIRST}/id")}},
    "review_quotes_create": {"201": {"quote": _by_id("review_quotes_retrieve")}},
    "review_quotes_retrieve": {
        "200": {
            decision: _link(
                f"review_quotes_{decision}_create", public_id=_ID, **{"If-Match": "$response.header.ETag"}
            )
            for decision in _DECISIONS
        }
    },
    "speaker_changes_list": {"200": {"step": _by_id("speaker_changes_retrieve", f"{_FIRST}/id")}},
    "speakers_merge_create": {"200": {"undo": _by_id("speaker_changes_undo_create")}},
    "speakers_move_create": {"200": {"undo": _by_id("speaker_changes_undo_create")}},
    "speakers_rename_create": {"200": {"undo": _by_id("speaker_changes_undo_create")}},
}
