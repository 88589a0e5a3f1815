"""Many runs of a design, as parts in a folder."""
