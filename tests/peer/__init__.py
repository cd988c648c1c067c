"""What other programs do with drill's files, tried with the programs themselves; outside the usual run.

python -m venv /tmp/anki && /tmp/anki/bin/pip install anki==26.9.3
DRILL_PEER_ANKI=/tmp/anki/bin/python pytest -m peer -n 0
"""
