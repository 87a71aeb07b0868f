"""Agencies as documents name them: a list split into its entries, the agencies that open a sentence.

``split`` keeps the commas inside names ("Sở Văn hóa, Thể thao và Du lịch"), keeps a collective as one entry
("UBND các huyện, thị xã, thành phố"), and gives each of "các Sở: Xây dựng, Tài chính" its full name.
"""

from vanban.agencies.leading import Leading, leading
from vanban.agencies.names import find, is_agency, looks_like_agency
from vanban.agencies.splitting import split

__all__ = ["Leading", "find", "is_agency", "leading", "looks_like_agency", "split"]
