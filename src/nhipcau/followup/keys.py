"""The keys under which people are told of something, and by which it is taken away when it is settled."""


def about_round(public_id: str, agency_id: int) -> str:
    """An agency's people were told of a round of asking."""
    return f"followup.chase:{public_id}:{agency_id}"
