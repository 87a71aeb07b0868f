"""What a settled reading makes live (``rows``), and how that differs from the version before it (``comparing``).
Pure."""
