"""What follows from numbers that were lived: pure NumPy and SciPy, knowing nothing of scenarios or strategies."""
