"""Which jobs wait, run and are over: at most so many at once, the rest in a queue whose places everybody can see."""

from __future__ import annotations

import atexit
import secrets
import string
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, RLock, Thread

from sim.ui.jobs import folders, keeping, processes
from sim.ui.jobs.job import Job, job_in
from sim.ui.jobs.kinds import KINDS
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.request import Request
from sim.ui.jobs.running import Running, Waiting
from sim.ui.jobs.words import Refused

LETTERS = string.ascii_lowercase + string.digits
GLANCE = 0.1
"""Seconds between two looks at what runs."""


class Board:
    """All jobs of one server. Every method may be called from any thread."""

    def __init__(self, root: Path | None = None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.root = root or folders.root_folder()
        for each in ("jobs", "servers"):
            (self.root / each).mkdir(parents=True, exist_ok=True)
        self._turn = RLock()
        self._queue: list[Waiting] = []
        self._running: dict[str, Running] = {}
        self._watcher: Thread | None = None
        self._server = _name()
        self._lock = folders.held(self.root / "servers" / self._server)
        keeping.settle_orphans(self.root)
        keeping.expire(self.root, self.limits)

    def submit(
        self, request: Request, visitor: str, files: Mapping[str, bytes] | None = None, address: str = ""
    ) -> str:
        """Take a job and return its name; a question that is answered, or on its way to this visitor, has one already.

        A request that comes with files must name them, in its options, by their fingerprint. ``address`` is where the
        visitor calls from, for limits that no new name gets around; empty if that is not known.

        Raises Refused, with a sentence, if there are too many already or the files are too large, and KeyError for a
        kind that does not exist.
        """
        quick = KINDS[request.kind].quick
        _refuse_large(files or {}, self.limits.upload_megabytes)
        with self._turn:
            known = self._same(request, visitor)
            if known:
                return known
            self._refuse_many(visitor, address, quick=quick)
            try:
                folder = self._written(request, visitor, files or {})
            except OSError as error:
                raise Refused("no_place", reason=error.strerror) from None
            self._queue.append(Waiting(folder, visitor, KINDS[request.kind], address or visitor))
            self._start_next()
            if self._watcher is None or not self._watcher.is_alive():
                self._watcher = Thread(target=self._watch, daemon=True)
                self._watcher.start()
        return folder.name

    def look(self, job_id: str) -> Job | None:
        """A job as it is now; None if there is none, or no longer."""
        if not folders.NAME.fullmatch(job_id):
            return None
        waiting = [each.folder.name for each in self._in_turn()]
        return job_in(self.root / "jobs" / job_id, waiting.index(job_id) + 1 if job_id in waiting else 0)

    def jobs(self, visitor: str | None = None) -> list[Job]:
        """All jobs, or those of a visitor, the latest first."""
        found = (self.look(folder.name) for folder in folders.job_folders(self.root))
        chosen = [job for job in found if job and visitor in (None, job.visitor)]
        return sorted(chosen, key=lambda job: -job.asked)

    def counts(self) -> tuple[int, int]:
        """How many run, and how many wait."""
        with self._turn:
            return len(self._running), len(self._queue)

    def stop(self, job_id: str) -> None:
        """End a job with all its processes, or take it out of the queue; one that is over stays as it is."""
        with self._turn:
            found = self._running.pop(job_id, None)
            if found:
                found.end()
                keeping.settle(found.folder, "stopped")
            for each in [each for each in self._queue if each.folder.name == job_id]:
                self._queue.remove(each)
                keeping.settle(each.folder, "stopped")
            self._start_next()

    def forget(self, job_id: str) -> None:
        """Stop a job if need be, and remove all that is kept of it."""
        self.stop(job_id)
        if folders.NAME.fullmatch(job_id):
            folders.remove(self.root / "jobs" / job_id)

    def close(self) -> None:
        """Stop everything: the server ends."""
        with self._turn:
            for name in [*(each.folder.name for each in self._queue), *self._running]:
                self.stop(name)
        if self._lock:
            self._lock.close()
            (self.root / "servers" / self._server).unlink(missing_ok=True)

    def _same(self, request: Request, visitor: str) -> str | None:
        """The job that has answered the same question, or is about to for the same visitor."""
        for job in self.jobs():
            if job.request == request and (job.state == "done" or (job.visitor == visitor and not job.is_over)):
                return job.id
        return None

    def _refuse_many(self, visitor: str, address: str, *, quick: bool) -> None:
        """Raise Refused if there are too many; quick jobs and long ones of a visitor are counted apart."""
        there: list[Waiting | Running] = [*self._queue, *self._running.values()]
        own = sum(each.visitor == visitor and each.kind.quick == quick for each in there)
        if own >= self.limits.by_visitor:
            raise Refused("visitor_full", count=own)
        from_there = sum(bool(address) and each.address == address for each in there)
        if from_there >= self.limits.by_address:
            raise Refused("address_full", count=from_there)
        if len(there) >= self.limits.in_all:
            raise Refused("all_full", count=len(there))

    def _written(self, request: Request, visitor: str, files: Mapping[str, bytes]) -> Path:
        """The folder of a new job, whole or not at all: a disk that fills up meanwhile is left as it was."""
        keeping.expire(self.root, self.limits)
        name = _name()
        coming, folder = (self.root / "jobs" / each for each in (f"{folders.COMING}{self._server}-{name}", name))
        try:
            (coming / "files").mkdir(parents=True, mode=0o700)
            for file, content in files.items():
                (coming / "files" / file).write_bytes(content)
            asked = {"visitor": visitor, "server": self._server, "asked": time.time(), "request": request.as_json()}
            folders.write(coming / "request.json", asked)
            folders.write(coming / "state.json", {"state": "queued"})
            return coming.rename(folder)
        except OSError:
            folders.remove(coming)
            raise

    def _in_turn(self) -> list[Waiting]:
        """The queue in the order in which it will be served: quick kinds first, then by turns.

        Nobody's second job comes before the first of somebody else, by address and then by visitor.
        """
        with self._turn:
            self._queue = [each for each in self._queue if (each.folder / "request.json").is_file()]
            turns = self._turns()
            return sorted(self._queue, key=lambda each: turns[each.folder.name])

    def _turns(self) -> dict[str, tuple[bool, int, int]]:
        """For each waiting job, how many jobs of its address, and of its visitor, run already or came before it."""
        by_address = Counter(each.address for each in self._running.values())
        by_visitor = Counter(each.visitor for each in self._running.values())
        found = {}
        for each in sorted(self._queue, key=lambda each: not each.kind.quick):  # the order of coming within each
            found[each.folder.name] = not each.kind.quick, by_address[each.address], by_visitor[each.visitor]
            by_address[each.address] += 1
            by_visitor[each.visitor] += 1
        return self._within_addresses(found)

    def _within_addresses(self, found: dict[str, tuple[bool, int, int]]) -> dict[str, tuple[bool, int, int]]:
        """The same places of an address, given to its visitors by turns."""
        for address in {each.address for each in self._queue}:
            own = [each.folder.name for each in self._queue if each.address == address]
            places = sorted(found[name][:2] for name in own)
            fair = sorted(own, key=lambda name: (found[name][0], found[name][2]))
            found.update({name: (*place, found[name][2]) for name, place in zip(fair, places, strict=True)})
        return found

    def _start_next(self) -> None:
        """Start as many jobs as there is room for."""
        for each in self._in_turn():
            if not self._has_room(quick=each.kind.quick):
                continue
            self._queue.remove(each)
            began, minutes = time.time(), self.limits.minutes or each.kind.minutes
            with suppress(OSError):  # a disk that has filled up meanwhile: the job itself will say so
                folders.write(each.folder / "state.json", {"state": "running", "began": began})
            process = processes.started(each.folder, self.limits.running, self.limits.megabytes)
            self._running[each.folder.name] = Running(
                each.folder, each.visitor, each.kind, process, began, minutes, each.address
            )

    def _has_room(self, *, quick: bool) -> bool:
        long_ones = sum(not each.kind.quick for each in self._running.values())
        return len(self._running) < self.limits.running and (quick or long_ones < self.limits.long_ones)

    def _watch(self) -> None:
        """Look after what runs, until nothing does and nothing waits."""
        while True:
            time.sleep(GLANCE)
            with self._turn:
                for name, each in list(self._running.items()):
                    over = each.verdict()
                    if over:
                        del self._running[name]
                        keeping.settle(each.folder, *over)
                self._start_next()
                if not self._running and not self._queue:
                    self._watcher = None
                    return


def _name() -> str:
    """A name that nobody can guess, so that whoever knows it may look."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


def _refuse_large(files: Mapping[str, bytes], most: int) -> None:
    size = sum(map(len, files.values())) / 1_000_000
    if size > most:
        raise Refused("too_large", size=f"{size:,.0f}", limit=most)


class _TheBoard:
    """Opens the server's board when it is first asked for, once, however many ask at the same moment."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._board: Board | None = None

    def __call__(self) -> Board:
        """The one board of this server; what is still running ends with it."""
        with self._turn:
            if self._board is None:
                self._board = Board()
                atexit.register(self._board.close)
            return self._board

    def close(self) -> None:
        """Stop everything, if the board was ever opened: the server ends."""
        with self._turn:
            if self._board is not None:
                self._board.close()

    def cache_clear(self) -> None:
        """Open another one when it is next asked for."""
        with self._turn:
            self._board = None


the_board = _TheBoard()
