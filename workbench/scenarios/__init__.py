"""Scenario files, runs and their records."""
