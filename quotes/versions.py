"""By what it is known that a record is not any more what it was when somebody looked at it."""

from hashlib import sha256

from django.db.models import Model


def version_of(record: Model) -> str:
    """Another one whenever the row of `record` is changed: what a writer may hold a decision to."""
    row = (f"{field.attname}={getattr(record, field.attname)}" for field in record._meta.concrete_fields)
    return sha256("\n".join(row).encode()).hexdigest()[:16]
