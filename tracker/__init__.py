"""Drafts → reviewed tasks → answers: what an office does with found tasks for a year.

    settings → model → database → units, schedule → intake, review, queries → alerts, exports → cli

In: an `extractor.model.Extraction`. Out: tables, lists and mails. Example: "Sở Y tế báo cáo trước ngày 20/11/2026"
becomes a task that `nhacviec due` shows in November and that a mail reminds Sở Y tế of.
"""
