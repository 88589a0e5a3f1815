"""The pages that app.py opens: they draw, and ask the same public functions as the command line."""
