"""Configuration: settings, addresses, what surrounds every request."""
