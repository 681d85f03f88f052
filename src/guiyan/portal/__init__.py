"""Portal: public pages. Owns no tables."""
