"""Schemathesis over the API as it describes itself, in this process and one transaction an example."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from functools import cache
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, GenerationMode, Response
from schemathesis.core.control import SkipTest
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.generation.overrides import for_operation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from quotes.models import Quote
from quotetracker.wsgi import application

SEED = 19
_SCENARIOS, _STEPS = 40, 8

# A request that fits the schema may still make no sense: parameters that do not go together, a name that
# nobody has, a language of its own within a string (JSON, or what is searched for). No schema can say so.
_MAY_MAKE_NO_SENSE = (
    r"^GET /api/v1/(quotes|speakers|articles|sources|review/quotes)/$",
    r"^(GET|POST) /api/v1/reconcile/$",
    r"^POST /api/v1/(extract|ingest|review/quotes|webhooks)/$",
    r"^PATCH /api/v1/webhooks/",
    r"^POST /api/v1/webhooks/\{public_id\}/replay/$",
    r"^POST /api/v1/review/quotes/\{public_id\}/(attribute|attribute-all|bounds|join|note|redo|split|undo)/$",
    r"^POST /api/v1/speakers/\{slug\}/",
)
# With these most lists that fit the schema would be refused: one is of other formats, one stands alone.
_BESIDE_NOTHING = {"limit", "changed_since"}
_TAKEN = ["2xx", "3xx", "401", "403", "404", "410", "412"]


@cache
def _document() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application).raw_schema


def _with_what_goes_together(document: Any) -> Any:
    document = deepcopy(document)
    for path in document["paths"].values():
        for operation in path.values():
            given = operation.get("parameters", ())
            operation["parameters"] = [one for one in given if one["name"] not in _BESIDE_NOTHING]
    return document


def described(mode: GenerationMode, *, examples: int, known: Quote | None = None) -> OpenApiSchema:
    """The API by its own description; paths lead to what is there about `known`, if that is given."""
    operations: list[dict[str, Any]] = [
        {
            "include-name-regex": name,
            "checks": {"positive_data_acceptance": {"expected-statuses": [*_TAKEN, "400"]}},
        }
        for name in _MAY_MAKE_NO_SENSE
    ]
    if known is not None and known.speaker is not None:
        for path, parameter, value in (
            ("(review/)?quotes", "public_id", known.public_id),
            ("(review/)?articles", "public_id", known.revision.article.public_id),
            ("speakers", "slug", known.speaker.slug),
            ("sources", "slug", known.revision.article.source.slug),
            ("reconcile/speakers", "speaker", known.speaker.public_id),
        ):
            where = {"include-path-regex": rf"^/api/v1/{path}/\{{"}
            operations.append({**where, "parameters": {f"path.{parameter}": str(value)}})
    config = schemathesis.Config.from_dict(
        {
            "seed": SEED,
            "generation": {
                "mode": mode.value,
                "max-examples": examples,
                "no-shrink": True,
                "database": "none",
                "with-security-parameters": False,
                "allow-x00": mode.is_negative,  # of which no pattern says that texts have none
            },
            "checks": {"positive_data_acceptance": {"expected-statuses": _TAKEN}},
            # Whose logins are checked one by one; from link to link ours is taken for one that was made up.
            "phases": {"stateful": {"checks": {"ignored_auth": {"enabled": False}}}},
            "operations": operations,
        }
    )
    document = _document() if mode.is_negative else _with_what_goes_together(_document())
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.app = application
    return schema


def ask_all(
    schema: OpenApiSchema, headers: dict[str, str], modes: list[HypothesisTestMode], method: str
) -> int:
    """Ask each operation of a method all kinds of things, and check what it answers. Returns how many."""
    asked = 0

    def ask(case: Case[Any]) -> None:
        nonlocal asked
        asked += 1
        with undone():
            case.call_and_validate(headers=headers)

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.method.upper() != method:
            continue
        test = create_test(
            operation=operation,
            test_func=ask,
            config=HypothesisTestConfig(
                project=schema.config,
                modes=modes,
                settings=schema.config.get_hypothesis_settings(operation=operation, phase="fuzzing"),
                override=for_operation(schema.config, operation=operation),
                seed=SEED,
            ),
        )
        with suppress(SkipTest):  # of what takes any string nothing can be wrong
            test()
    return asked


def follow_links(schema: OpenApiSchema, headers: dict[str, str]) -> set[tuple[str, int]]:
    """Go from answers to what they lead to, and check each. Returns which operations answered with what."""
    answered: set[tuple[str, int]] = set()
    scenario = ExitStack()
    base: Any = schema.as_state_machine()

    def after_call(self: Any, response: Response, case: Case[Any]) -> None:
        base.after_call(self, response, case)
        answered.add((case.operation.label, response.status_code))

    steps = {
        "setup": lambda _: scenario.enter_context(undone()),
        "teardown": lambda _: scenario.close(),
        "get_call_kwargs": lambda _, case: {"headers": headers},
        "after_call": after_call,
    }
    machine: Any = type("Machine", (base,), steps)
    machine.run(
        settings=settings(
            max_examples=_SCENARIOS,
            stateful_step_count=_STEPS,
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
    )
    return answered


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def one_connection() -> Iterator[None]:
    """No request ends the transaction around it, as none does by Django's own client for tests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
