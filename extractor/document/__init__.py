"""Stage 2: blocks → header, outline of sections and items, tables with roles of columns."""
