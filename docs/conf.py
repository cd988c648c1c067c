"""The documentation site: `make docs` builds it from these pages; a broken link fails the build."""

from importlib.metadata import version as installed_version

project = "drill"
author = "the drill authors"
copyright = author  # noqa: A001
release = version = installed_version("drill-qbank")

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
nitpicky = True

html_theme = "furo"
html_title = f"drill {release}"
html_copy_source = False
html_show_sphinx = False
