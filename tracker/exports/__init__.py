"""Selections written as files (Excel, CSV, JSON, calendar, Word)."""
