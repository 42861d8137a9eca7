#!/usr/bin/env python
"""Django's command line for quotetracker: `python manage.py help`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"{error}. Install the requirements first: `make install`, then use .venv/bin/python."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise SystemExit(f"The settings are not right. {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("interrupted; what was finished is kept") from None
    except BrokenPipeError:
        # Whoever read the output has had enough, as `head` does. Nothing is left to be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
