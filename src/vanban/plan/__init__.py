"""An administrative plan (kế hoạch) read into its tasks, duties, reports, obligations, recipients and signature."""

from vanban.plan.reader import read

__all__ = ["read"]
