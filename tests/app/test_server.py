"""What the app's server asks of the system it runs on."""

from __future__ import annotations

import platform
import re
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

large = bytes(16_000_000)
del large  # from now on glibc usually keeps pieces of that size in a heap
large = [bytes(4_000_000) for _ in range(3)]
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
def test_threads_share_two_heaps_and_large_pieces_stand_in_none(tmp_path):
    heaps, outside = {}, {}
    for how in ("shared", "usual"):
        told = tmp_path / how
        subprocess.run([sys.executable, "-c", MANY_THREADS, str(told), how], check=True, timeout=120)
        text = told.read_text(encoding="utf-8")
        heaps[how] = text.count("<heap nr=")
        outside[how] = int(re.findall(r'<total type="mmap" count="\d+" size="(\d+)"', text)[-1])
    assert heaps["shared"] == 2 < heaps["usual"]
    assert outside["shared"] >= 12_000_000 + outside["usual"]
