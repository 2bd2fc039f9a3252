"""Stage 4: sections and mentions → tasks: granularity, roles, deadlines, targets, confidence."""
