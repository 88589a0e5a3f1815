"""An order log from a file to orders: opened, columns recognised, rows decided, customers and money told apart."""
