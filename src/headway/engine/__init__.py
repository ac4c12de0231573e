"""The reductions over tickets: slices, filters, counts and exact percentiles on integer codes."""
