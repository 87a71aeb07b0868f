"""Plan against plan: how a lower plan carries out a higher one.

    from vanban import align, read_file

    result = align.align(read_file("tinh.docx"), read_file("thanh-pho.pdf"))
    for pair in result.pairs:
        print(pair.higher, pair.lower, pair.kind, [change.note for change in pair.differences])
    result.to_dict()                             # the object of docs/contracts/alignment.schema.json

``identify`` finds the citation by which a lower plan names a higher one; ``proposed_header`` what that tells of the
higher plan's own number and date.
"""

from vanban.align.aligning import align
from vanban.align.identity import identify, proposed_header
from vanban.align.result import Alignment, Change, Pair

__all__ = ["Alignment", "Change", "Pair", "align", "identify", "proposed_header"]
