"""What holds all over the project."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
API = (ROOT / "docs" / "api.md").read_text()


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def imports(path: Path) -> set[str]:
    """The dotted names of the modules that a file imports."""
    return set(re.findall(r"^\s*(?:from|import)\s+([\w.]+)", path.read_text(), re.MULTILINE))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_the_migrations_can_be_undone_and_done_again() -> None:
    call_command("migrate", "quotes", "zero", verbosity=0)
    call_command("migrate", "quotes", verbosity=0)


def test_every_setting_is_documented() -> None:
    code = "".join(path.read_text() for path in sources("quotetracker"))
    names = set(re.findall(r'"(QUOTETRACKER_[A-Z_]+|SECRET_KEY|ALLOWED_HOSTS|DATABASE_URL)"', code))
    assert len(names) > 8
    assert {name for name in names if f"`{name}`" not in OPERATIONS} == set()


def test_every_setting_that_is_documented_exists() -> None:
    code = "".join(path.read_text() for path in sources("quotetracker"))
    assert {name for name in re.findall(r"QUOTETRACKER_[A-Z_]+", OPERATIONS) if name not in code} == set()


def test_every_command_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app == "quotes"}
    assert {name for name in ours if f"manage.py {name}" not in OPERATIONS} == set()


def test_every_filter_is_documented() -> None:
    filters = re.findall(
        r"^    ([a-z_]+) = (?:django_filters\.\w+|MomentFilter)\(",
        (ROOT / "api/filters.py").read_text(),
        re.MULTILINE,
    )
    assert len(filters) > 8
    assert {name for name in filters if f"`{name}`" not in API} == set()


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("quotes/extraction", ("django", "quotes.models", "quotes.services", "rest_framework", "api")),
        ("quotes/ingestion", ("django", "quotes.models", "quotes.services", "rest_framework", "api")),
        ("quotes/bench", ("django", "quotes.models", "quotes.services", "rest_framework", "api")),
        ("quotes/models", ("quotes.services", "quotes.selectors", "quotes.views", "quotes.admin", "api")),
        ("quotes/services", ("quotes.views", "quotes.admin", "quotes.feeds", "api")),
        ("quotes/admin", ("api",)),
    ],
)
def test_dependencies_flow_one_way(folder: str, forbidden: tuple[str, ...]) -> None:
    for path in sources(folder):
        found = {name for name in imports(path) for bad in forbidden if f"{name}.".startswith(f"{bad}.")}
        assert not found, path


def test_only_services_write() -> None:
    writes = re.compile(
        r"\.(?:save|create|get_or_create|update_or_create|bulk_create|bulk_update|update|delete)\("
    )
    for path in [
        *sources("api", "quotes/ingestion", "quotes/models"),
        ROOT / "quotes/selectors.py",
        ROOT / "quotes/views.py",
        ROOT / "quotes/feeds.py",
    ]:
        assert not writes.search(path.read_text()), path


def test_the_readme_names_no_target_that_does_not_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for name in ("README.md", "docs/operations.md", "docs/quality.md"):
        for target in re.findall(r"`make ([a-z-]+)", (ROOT / name).read_text()):
            assert f"\n{target}:" in makefile, (name, target)
