"""Household visits on a phone: a page that works without network, what it downloads, what it sends."""
