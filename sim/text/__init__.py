"""Texts and how numbers are said, in two languages."""
