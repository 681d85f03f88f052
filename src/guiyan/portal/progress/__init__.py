"""Where a request stands, for anybody with its number and name or with its code: masked."""
