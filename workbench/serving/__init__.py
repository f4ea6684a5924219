"""The server that publishes the dashboards."""
