"""Cases at the desk: list, page, entry at the counter and with a mandate, checks, decisions, flow charts."""
