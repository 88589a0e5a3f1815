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

M_ARENA_MAX = -8
"""How glibc's mallopt calls the most heaps that threads share."""


def share_two_heaps() -> None:
    """Have all threads share two heaps, where the system's C library is glibc.

    It would open up to sixteen on two processors for the threads that come and go with sessions, and what one session
    has freed in one of them does not serve the next in another: twenty visitors took a sixth more memory, and more
    with every minute.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


if __name__ == "__main__":
    share_two_heaps()
    sys.setswitchinterval(0.0005)
    Thread(target=get_ready, args=(lambda _done, _total: None,), daemon=True).start()
    sys.argv[:1] = ["streamlit", "run"]
    main()
