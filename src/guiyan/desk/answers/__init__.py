"""供需对接: enquiries, orders and bookings that an office answers."""
