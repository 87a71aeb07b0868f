"""The tests here, and those of the command, build their files with ``make_files``."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
