"""``python -m chorale``."""

import sys

from chorale.cli import main

if __name__ == "__main__":  # processes that the window starts import this module again
    sys.exit(main())
