"""``python -m chorale``."""

import sys

from chorale.cli import main

sys.exit(main())
