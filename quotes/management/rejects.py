"""The file of rejects: what of an archive gave no article, or not all of it, and why."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from quotes.services.importing import Reject


class RejectsFile:
    """Made when there is something to put into it. What is there beyond `size` bytes was not counted."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self._size = size
        self._is_cut = False

    def keep(self, rejects: Sequence[Reject]) -> int:
        """Write these down. Returns the size of the file with them."""
        lines = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in rejects)
        with self.path.open("ab") as file:
            # A file that was taken away meanwhile begins again.
            file.truncate(min(self._size, file.tell()))
            file.seek(0, 2)
            file.write(lines.encode("utf-8", "replace"))
            file.flush()
            self._size = file.tell()
        return self._size
