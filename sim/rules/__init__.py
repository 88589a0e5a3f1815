"""The rules: pure functions of numbers, one business noun a file."""
