"""Insights: indicators computed from the records, what they stand for today, the records behind them, reports."""
