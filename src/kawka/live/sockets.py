"""Phones that vanish without a word are noticed by the kernel, not waited for."""

import socket

UNANSWERED = 20_000  # milliseconds


def notice_dead_phones(listening: socket.socket) -> None:
    """Give up connections whose other end has not answered for UNANSWERED, where the platform can.

    Set before listening; the connections that are accepted inherit it.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is not None:
        listening.setsockopt(socket.IPPROTO_TCP, option, UNANSWERED)
