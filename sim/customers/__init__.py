"""The crowd: the verbs of the day over customers who are columns of numbers."""
