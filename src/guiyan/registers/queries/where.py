"""A rule as a filter of rows, for the layers above."""

from guiyan.registers.rule_filter import NotAFilter, where

__all__ = ["NotAFilter", "where"]
