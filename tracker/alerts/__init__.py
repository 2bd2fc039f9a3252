"""Mails about what is late: select → compose → send → record, each step a file.

    select   database, today → Digest      whom there is something to tell, and what
    compose  Digest → Mail                 Vietnamese words, text and HTML
    message  Outbox row → bytes            headers, MIME
    send     queued rows → server          one connection, one row after the other
    record   Outbox rows and their states  queued → sending → sent | failed | unknown
    run      the whole flow                what the commands call

Nothing leaves before `alerts enable`; what shall leave is first written down; what may have left is never sent again by
itself. Example: "[Nhắc Việc] Sở Y tế: 2 việc quá hạn, 1 việc sắp đến hạn (21/11/2026)".
"""
