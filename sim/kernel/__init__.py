"""What all compiled code stands on: the compiler, luck, the ledger, elementary functions."""
