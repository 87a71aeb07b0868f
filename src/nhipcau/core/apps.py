"""Core: what every room uses."""

from importlib import import_module

from .rooms import RoomConfig


class CoreConfig(RoomConfig):
    name = "nhipcau.core"
    label = "core"

    def ready(self) -> None:
        super().ready()
        import_module("nhipcau.core.delivery")  # its jobs register themselves, once the tables are known
        import_module("nhipcau.core.timekeeping.jobs")
        import_module("nhipcau.core.reminding.job")
        import_module("nhipcau.core.webhooks")
        import_module("nhipcau.core.verifying")
        import_module("nhipcau.core.checks")
        accounts = import_module("nhipcau.core.accounts")
        signals = import_module("allauth.mfa.signals")  # the only way in which allauth tells
        for signal in (signals.authenticator_added, signals.authenticator_removed):
            signal.connect(accounts.note_second_factor, dispatch_uid="nhipcau.second-factor")
