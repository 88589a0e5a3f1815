"""The app's server: Streamlit, which begins to load the model at once, so that the first visitor waits less.

``python -m sim.ui.server PAGE [SETTING...]`` is ``streamlit run PAGE [SETTING...]`` with that.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from threading import Thread

from streamlit.web.cli import main

from sim.ui.work import get_ready

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""What glibc calls, for mallopt, the most heaps that threads share, and the bytes from which on a piece of memory is
none of a heap's, but goes back to the system as soon as it is free."""


def give_memory_back() -> None:
    """Have all threads share two heaps, and give large pieces back at once, where the system's C library is glibc.

    It would open sixteen heaps on two processors for the threads that come and go with sessions, and keep ever larger
    pieces in them: what one session has freed in one heap does not serve the next in another. Twenty visitors took a
    third more memory, and more with every minute.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library
        settings = ctypes.CDLL(None).mallopt
        settings(M_ARENA_MAX, 2)
        settings(M_MMAP_THRESHOLD, 1 << 20)


if __name__ == "__main__":
    give_memory_back()
    sys.setswitchinterval(0.0005)
    Thread(target=get_ready, args=(lambda _done, _total: None,), daemon=True).start()
    sys.argv[:1] = ["streamlit", "run"]
    main()
