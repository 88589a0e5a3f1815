"""Where compiled code is kept between processes, in files that are whole or count as not there.

numba keeps compiled code by the place and the bytes of the file in which a function stands. Here the stamp is given
from outside (see ``sim.kernel.compiled``), a function is known by its name and not by its line, and a file that was cut
short or altered is compiled anew instead of ending the run.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path
from typing import Any

from numba.core import caching


class KeptFile(caching.IndexDataCacheFile):  # type: ignore[misc]
    """numba's index and data files, each data file with a checksum before it."""

    def _load_index(self) -> dict[Any, str]:
        try:
            index: dict[Any, str] = super()._load_index()
        except Exception:  # noqa: BLE001 - whatever a spoilt file makes of unpickling
            return {}
        return index if isinstance(index, dict) else {}

    def _load_data(self, name: str) -> Any:
        content = Path(self._data_path(name)).read_bytes()
        digest, data = content[:32], content[32:]
        if hashlib.sha256(data).digest() != digest:
            raise FileNotFoundError(name)  # numba compiles what it does not find
        return pickle.loads(data)  # noqa: S301 - our own folder, and its checksum

    def _save_data(self, name: str, data: Any) -> None:
        content = self._dump(data)
        with self._open_for_write(self._data_path(name)) as file:
            file.write(hashlib.sha256(content).digest() + content)


def keeper(folder: Path, stamp: str) -> type[caching.FunctionCache]:
    """Numba's cache of a function, in that folder, as long as the stamp is the same."""

    class Locator(caching.UserProvidedCacheLocator):  # type: ignore[misc]
        def __init__(self, py_func: Any, py_file: str) -> None:
            super().__init__(py_func, py_file)
            self._cache_path = os.path.join(folder, self.get_suitable_cache_subpath(py_file))  # noqa: PTH118

        def get_source_stamp(self) -> str:
            return stamp

        def get_disambiguator(self) -> str:
            return "kept"

        @classmethod
        def from_function(cls, py_func: Any, py_file: str) -> Any:
            found = cls(py_func, py_file)
            found.ensure_cache_path()
            return found

    class Implementation(caching.CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = [Locator]  # noqa: RUF012

    class Kept(caching.FunctionCache):  # type: ignore[misc]
        _impl_class = Implementation

        def __init__(self, py_func: Any) -> None:
            super().__init__(py_func)
            self._cache_file = KeptFile(self._cache_path, self._impl.filename_base, stamp)

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # noqa: BLE001 - what was kept cannot be used, so it is compiled anew
                return None

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except OSError:  # a full disk: compiled all the same
                return

    return Kept
