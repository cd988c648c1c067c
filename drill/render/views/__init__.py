"""From blocks, records and questions to what is painted. Pure; screens and plain mode share it."""
