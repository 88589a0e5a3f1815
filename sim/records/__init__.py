"""Who did what: event logs, trajectories, and the data that an analyst would have seen."""
