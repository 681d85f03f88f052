"""Kernel: what every module stands on: database, scope, audit, workflow gate, jobs, calendar, files."""
