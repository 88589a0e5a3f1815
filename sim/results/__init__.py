"""What a run left behind, and each metric once."""
