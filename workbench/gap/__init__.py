"""Requirement against allocation."""
