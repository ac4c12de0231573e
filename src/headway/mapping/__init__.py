"""Which column is which, with the evidence said."""
