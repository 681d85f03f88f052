"""Engagements: what was done for people face to face (服务记录), and what was promised next. Requests are in cases."""
