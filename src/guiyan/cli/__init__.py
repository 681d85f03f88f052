"""The command line: `bin/guiyan NAME …`. Owns no tables; each command is one module here, named in `main.COMMANDS`."""
