"""The server behind ``workbench serve``: Voila on the dashboards, light, closed to the outside, with warm kernels."""
