"""首次登记: what came in by day, what each set off, whom the helper contacted; uploading; another helper."""
