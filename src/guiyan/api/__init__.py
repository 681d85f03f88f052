"""The API for other systems: measures, facts, screening. Owns no tables.

door          the key of every request, counted before the view's own transaction
service       the routers put together, and errors as JSON
measures, screening, bulk   what is asked and answered; shapes in `schemas`
"""
