"""Run the test suite on one database engine: python -m tests.engines sqlite|postgresql [pytest arguments].

All of it is run on all cores; where the arguments name tests, those in one process. With BRIEF=1 the engines
share the suite: PostgreSQL is asked what statements, locks and indexes decide, SQLite the rest but for what
is marked as dear (`tests.databases.is_of_share`).

With --command, run a command of manage.py there instead: ... postgresql --command bench_linking
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.parallel import in_parallel, template_of
from tests.postgres import PostgresNotFoundError, postgres_url

# Bytecode is kept: without, each worker and each process that a test starts would compile everything again.
_NOT_OURS = ("QUOTETRACKER_", "PYTHONDONTWRITEBYTECODE")


@contextmanager
def _database_url(engine: str) -> Iterator[str]:
    if engine == "sqlite":
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'tests.sqlite3'}"
        return
    with postgres_url() as url:
        # A name of its own, so that two runs on one server do not meet.
        name = f"quotetracker_{os.getpid()}"
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS {template_of(name)}")


def _whole() -> list[str]:
    return [*in_parallel(), *(["--brief"] if os.environ.get("BRIEF") else [])]


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in {"sqlite", "postgresql"}:
        raise SystemExit(__doc__)
    engine, *rest = arguments
    try:
        with _database_url(engine) as url:
            is_whole = all(argument.startswith("-") for argument in rest)
            program = ["-m", "pytest", *(_whole() if is_whole else ()), *rest]
            environment = {
                name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)
            }
            if rest[:1] == ["--command"]:
                program = ["manage.py", *rest[1:]]
            else:
                environment["PGOPTIONS"] = "-c synchronous_commit=off"  # what tests commit may be lost
                sys.stdout.write(f"== Tests on {engine}\n")
                sys.stdout.flush()
            with TemporaryDirectory() as data_dir:
                environment |= {"DATABASE_URL": url, "QUOTETRACKER_DATA_DIR": data_dir}
                return subprocess.run([sys.executable, *program], env=environment, check=False).returncode
    except PostgresNotFoundError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
