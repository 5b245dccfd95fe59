"""Reconciliation: which of the city's things a name from elsewhere means.

Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
