"""The tests here make their pictures with ``make_scans``."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
