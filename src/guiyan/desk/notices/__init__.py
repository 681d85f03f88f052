"""Desk pages of what is public: notices, and the objections to them."""
