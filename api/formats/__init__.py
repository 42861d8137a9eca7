"""What the records are written as, beside JSON: CSV, JSON lines, JSON-LD, Web Annotations."""
