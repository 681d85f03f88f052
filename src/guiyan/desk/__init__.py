"""The desk: pages for people with a post, one folder an area. Owns no tables."""
