"""What a batch left in its folder: read, checked and summed up, with no knowledge of what made it."""
