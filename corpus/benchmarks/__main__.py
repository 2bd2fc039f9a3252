"""`python -m corpus.benchmarks`: the same as `nhacviec-bench`.

In: the command line. Out: the table of figures. Example: `python -m corpus.benchmarks startup`.
"""

import sys

from corpus.benchmarks import main

if __name__ == "__main__":
    sys.exit(main())
