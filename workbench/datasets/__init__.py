"""Open and validate data packages."""

from workbench.datasets.locate import data_root, package_names
from workbench.datasets.package import FIGURE_KEYS, Package, check_package, open_package, select_year

__all__ = ["FIGURE_KEYS", "Package", "check_package", "data_root", "open_package", "package_names", "select_year"]
