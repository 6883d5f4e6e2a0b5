"""`python -m kawka` is the `kawka` command."""

import sys

from kawka.cli import main

sys.exit(main())
