"""Files and standard input for commands, with errors that a person can act on."""

import sys
from pathlib import Path
from typing import BinaryIO

from quotes.ingestion import DocumentError


def read_bytes(name: str, *, max_bytes: int) -> bytes:
    """The bytes of a file, or of standard input for "-"; one byte more than `max_bytes` at the most.

    Raises DocumentError, with the reason, for what cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(max_bytes + 1)
    with open_file(name) as file:
        return file.read(max_bytes + 1)


def open_file(name: str) -> BinaryIO:
    """A file to read from. Raises DocumentError, with the reason, for what is none."""
    try:
        return Path(name).open("rb")
    except IsADirectoryError as error:
        raise DocumentError("it is a folder: give the files in it") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise DocumentError(f"it cannot be read: {(reason or str(error)).lower()}") from error
