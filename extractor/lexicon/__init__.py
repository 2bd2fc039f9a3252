"""Word lists: data, not code; every entry names its source (`extractor.lexicon.loader`)."""
