"""The tag library `guiyan_ui`, by kind; docs/components.md is its contract."""
