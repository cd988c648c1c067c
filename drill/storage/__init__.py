"""The only place that knows SQLite. One file, open to anyone with Datasette or sqlite-utils."""
