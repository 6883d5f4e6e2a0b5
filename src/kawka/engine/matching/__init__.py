"""Who can help with what is asked for: reading cards and requests, and ranking the people of a group."""
