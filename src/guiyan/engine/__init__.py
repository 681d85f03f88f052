"""Engines that know no database and no web: values, documents, rules."""
