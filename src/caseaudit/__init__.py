"""Audits the workforce and caseload standard of a service from the exports of its record systems."""
