"""The app's server: Streamlit, which begins to load the model at once, so that the first visitor waits less.

``python -m sim.ui.server PAGE [SETTING...]`` is ``streamlit run PAGE [SETTING...]`` with that.
"""

from __future__ import annotations

import sys
from threading import Thread

from streamlit.web.cli import main

from sim.ui.work import get_ready

if __name__ == "__main__":
    sys.setswitchinterval(0.0005)
    Thread(target=get_ready, args=(lambda _done, _total: None,), daemon=True).start()
    sys.argv[:1] = ["streamlit", "run"]
    main()
