"""The widgets of the dashboards."""
