"""Cases at the desk: list, case page, entry at the counter and with a mandate, parallel checks, decisions, flow charts."""
