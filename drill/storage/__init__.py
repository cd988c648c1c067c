"""The only place that knows SQLite. One file, open to anyone with Datasette or sqlite-utils.

The start path reads and appends with the standard library's sqlite3; sqlite-utils does the schema and
its migrations, and is imported only when there is one to run.
"""
