"""Reports: words, tables, charts and files, from results alone."""
