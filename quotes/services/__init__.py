"""The only code that writes: keyword-only, transactional, idempotent."""
