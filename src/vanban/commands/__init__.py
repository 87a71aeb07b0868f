"""The commands of ``vanban``, one module each, all of one shape (see ``Command``)."""
