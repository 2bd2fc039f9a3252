"""`python -m tracker.cli …` is `nhacviec …`, also where the scripts' folder is not on the path (Windows)."""

import sys

from tracker.cli import main

sys.exit(main())
