"""python -m drill"""

from drill.cli import main

raise SystemExit(main())
