"""What holds all over the project."""

import re
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command, get_commands

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
API = (ROOT / "docs" / "api.md").read_text()


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


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
        r"^    ([a-z_]+) = (?:django_filters\.)?\w+Filter\(",
        (ROOT / "api/filters.py").read_text(),
        re.MULTILINE,
    )
    assert len(filters) > 8
    assert {name for name in filters if f"`{name}`" not in API} == set()


def test_only_services_write() -> None:
    writes = re.compile(
        r"\.(?:save|create|get_or_create|update_or_create|bulk_create|bulk_update|update|delete)\("
    )
    rooms = ("alerts", "desk", "feeds", "ingestion", "models", "views")
    for path in [
        *sources("api", *(f"quotes/{room}" for room in rooms)),
        ROOT / "quotes/selectors.py",
        ROOT / "quotes/withdrawals.py",
    ]:
        assert not writes.search(path.read_text()), path


def test_the_readme_names_no_target_that_does_not_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for name in ("README.md", "CONTRIBUTING.md", "docs/operations.md", "docs/quality.md"):
        for target in re.findall(r"(?:`|^\$ )make ([a-z-]+)", (ROOT / name).read_text(), re.MULTILINE):
            assert f"\n{target}:" in makefile, (name, target)


def test_the_workflow_does_what_ci_does() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
    assert {"run": ".ci/run"} in workflow["jobs"]["test"]["steps"]


def test_hooks_before_a_commit_run_what_is_installed_here() -> None:
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}


def test_the_containers_are_described_in_yaml_that_parses() -> None:
    assert "web" in yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_every_file_by_its_hash_and_no_index(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert "-index" not in lock
    locked = re.findall(r"^[a-z0-9][^\n]*\n(.*)", lock, re.MULTILINE)
    assert len(locked) > 50
    assert all(line.startswith("    --hash=sha256:") for line in locked)


def test_both_locks_agree() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / name).read_text(), re.MULTILINE))

    running, developing = versions("requirements.txt"), versions("requirements-dev.txt")
    assert {name for name in running.keys() & developing.keys() if running[name] != developing[name]} == set()
