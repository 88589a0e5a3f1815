"""How sure one may be: replications, intervals, paired differences, the verdict."""
