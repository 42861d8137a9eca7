"""The Reconciliation Service API 0.2 over speakers: how OpenRefine matches a column of names to records.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
