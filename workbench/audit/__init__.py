"""Re-add printed totals, recompute printed differences and ratios."""
