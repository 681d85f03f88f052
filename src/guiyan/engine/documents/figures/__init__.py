"""Quantities, periods and names; which of a document's numbers are promises, and by what witness."""
