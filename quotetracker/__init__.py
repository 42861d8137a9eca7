"""The Django project. The Celery application is loaded with it, so that tasks find their broker."""

import os

# Before NumPy is imported: for matrices as small as the extractor's, threads double the work and save no time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from quotetracker.celery import app as celery_app

__all__ = ["celery_app"]
