"""Nhịp Cầu: the platform on which a local government runs its policy communication."""
