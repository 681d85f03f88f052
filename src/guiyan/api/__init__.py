"""The API for other systems: measures, facts, screening, registrations. Owns no tables.

door          the key of every request, counted before the view's own transaction
service       the routers put together, and errors as JSON
measures, screening, bulk   what is asked and answered; shapes in `schemas`
registrations               records of another office, taken each once by its own number
"""
