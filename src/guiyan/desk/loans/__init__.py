"""Loans at the desk: requests at banks and guarantors, loans and their books, banks' reports, subsidies."""
