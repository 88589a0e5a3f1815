"""What the app's server asks of the system it runs on."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

MANY_THREADS = """
import ctypes, sys, threading
from sim.ui.server import give_memory_back

if sys.argv[2] == "shared":
    give_memory_back()
all_hold_memory = threading.Barrier(13)

def hold():
    kept = [bytes(1000) for _ in range(100)]
    all_hold_memory.wait()

for thread in [threading.Thread(target=hold) for _ in range(12)]:
    thread.start()
all_hold_memory.wait()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc opens a heap for every few threads")
def test_threads_that_come_and_go_give_memory_back(tmp_path):
    heaps = {}
    for how in ("shared", "usual"):
        told = tmp_path / how
        subprocess.run([sys.executable, "-c", MANY_THREADS, str(told), how], check=True, timeout=120)
        heaps[how] = told.read_text(encoding="utf-8").count("<heap nr=")
    assert heaps["shared"] == 2 < heaps["usual"]
