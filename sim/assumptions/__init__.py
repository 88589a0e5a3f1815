"""What is assumed: the schema, its files, their limits, and sentences for what is wrong with them."""
