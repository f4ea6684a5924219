"""Plan against budget."""
