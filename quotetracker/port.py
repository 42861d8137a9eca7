"""Whether `make run PORT=...` can serve there, asked before anything is set up. Needs no package.

python quotetracker/port.py 8000
"""

import errno
import socket
import sys

_HINT = "choose another: make run PORT=9000"


def complaint(port: str) -> str:
    """What is wrong with serving at `port` on this machine; "" for nothing."""
    if not (port.isascii() and port.isdigit() and 1 <= int(port[:9]) <= 65_535):
        return f"PORT={port} is no port: give a whole number from 1 to 65535, as in make run PORT=9000"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"port {port} is not for everybody to use: {_HINT}"
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {port} is in use, perhaps by quotetracker already: stop that, or {_HINT}"
            return f"port {port} cannot be used ({error}): {_HINT}"
    return ""


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]) or None)
