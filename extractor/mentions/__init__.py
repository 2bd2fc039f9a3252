"""Stage 3: text → mentions: units, deadlines, targets, references; kinds never import each other."""
