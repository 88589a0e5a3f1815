"""Answers of experiments: what ties, what matters, why, what is best. Inert and exact, with words in two languages."""
