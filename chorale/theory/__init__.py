"""What theory says about notes: measures, keys, rules."""
