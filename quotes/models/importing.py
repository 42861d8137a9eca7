"""How far the import of an archive has come."""

from django.db import models


class ImportRun(models.Model):
    """An archive that is or was imported, known by its beginning: where to go on, and what became of it.

    It is moved on in the transaction that stores the articles, so that each record is taken once.
    """

    head = models.CharField("SHA-256 of the beginning", max_length=64, unique=True)
    name = models.CharField(max_length=500)  # of the file, as it was given last
    place = models.BigIntegerField(default=0)  # bytes of the decompressed archive that were taken
    before = models.CharField(max_length=64, blank=True)  # digest of the bytes before that place
    number = models.BigIntegerField("records", default=0)
    stored = models.BigIntegerField(default=0)
    revised = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    # Articles that were stored without a date that is there and is not understood.
    undated = models.BigIntegerField("dates lost", default=0, db_default=0)
    rejects_size = models.BigIntegerField(default=0)  # bytes of the file of rejects
    # Of the revisions after this one those that nobody has read are this run's to read.
    last_revision_before = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        return self.name
