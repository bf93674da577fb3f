"""Worker processes on Dask: on this machine, or those of a cluster's scheduler; and a queue of tasks on them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rnnshapes.errors import CourseError
from rnnshapes.grading.execute.sandbox import THREADS
from rnnshapes.grading.in_its_share import watch_this_process

AHEAD = 4
"""Tasks under way for each worker: enough that none waits for this process, few enough that memory stays flat."""
LIVES = 3
"""A task that was running on so many workers as they died is given up."""
PATIENCE = 5.0
"""Seconds without a result after which dead workers are looked for."""
FETCH = 30.0
"""Seconds that a result may take to come over; after that its worker has died with it, and it is worked out again."""
DESERTED, STUCK = 60.0, 3600.0
"""Seconds without a result after which all workers are started anew: where none is left, and in any case."""
STARTS = 3
"""Attempts to start workers before it is given up."""


@dataclass(frozen=True)
class Pool:
    """Where tasks run: `workers` processes here (0: one for each core), or those of the scheduler at an address."""

    scheduler: str = ""
    workers: int = 0


HERE = Pool()
_alone = threading.Lock()


class Remote:
    """The workers of a cluster that somebody else looks after: one task at a time on each, whatever threads it has."""

    def __init__(self, client: Any) -> None:
        from distributed import WorkerPlugin

        class Watched(WorkerPlugin):
            name = "rnnshapes"

            def setup(self, worker: Any) -> None:
                watch_this_process()

        self.client = client
        client.register_plugin(Watched())  # those that join later are watched, too
        self.threads = max(len(client.nthreads()), 1)

    def heal(self, waited: float) -> bool:
        """Do nothing: a cluster mends itself."""
        return False


class Local:
    """Worker processes on this machine, to be started anew when they are lost for good."""

    def __init__(self, workers: int) -> None:
        self.threads, self.starts = workers, 0
        self._start()

    def heal(self, waited: float) -> bool:
        """Replace dead workers; when that has brought none, or no result for long, start all anew and return True."""
        self._cluster.scale(self.threads)
        deserted = waited >= DESERTED and not self._cluster.scheduler.workers
        if not deserted and waited < STUCK:
            return False
        self.stop()
        self._start()
        return True

    def stop(self) -> None:
        """End all workers, within a minute whatever state they are in."""
        for close, seconds in ((self.client.close, 10), (self._cluster.close, 30)):
            with contextlib.suppress(Exception):
                close(timeout=seconds)
        for process in set(multiprocessing.active_children()) - self._others:
            process.kill()

    def _start(self) -> None:
        from distributed import Client

        self._others = set(multiprocessing.active_children())
        while True:
            self.starts += 1
            try:
                self._cluster = _local_cluster(self.threads)
                self.client = Client(self._cluster, set_as_default=False)
                return
            except (OSError, RuntimeError, TimeoutError) as error:  # somebody killed one before it was there
                if self.starts >= STARTS:
                    raise CourseError(
                        f"The worker processes did not start: {error}. Expected room for {self.threads}: "
                        "try --workers 1."
                    ) from error


class Queue:
    """Tasks under way on workers, each with what it is about. At most `limit` should be added at a time."""

    def __init__(self, workers: Local | Remote) -> None:
        self.limit = AHEAD * workers.threads
        self._workers = workers
        self._about: dict[Any, tuple[Any, tuple[Any, ...]]] = {}
        self._done: queue.SimpleQueue = queue.SimpleQueue()

    def __len__(self) -> int:
        return len(self._about)

    @property
    def has_room(self) -> bool:
        """Whether another task may be added."""
        return len(self._about) < self.limit

    def add(self, about: Any, function: Callable, *arguments: Any) -> None:
        """Start `function(*arguments)` on a worker."""
        key = f"grade-{os.urandom(8).hex()}"
        future = self._workers.client.submit(attempt, function, arguments, pure=False, key=key)
        self._about[future] = about, (function, *arguments)
        future.add_done_callback(self._done.put)

    def take(self) -> tuple[Any, Any, Any]:
        """Wait for a task to end; return (what it is about, its result, None), or (…, None, what went wrong).

        What went wrong is a sentence, or the CourseError that the task raised.
        """
        from distributed import CancelledError, KilledWorker

        waited = 0.0
        while True:
            try:
                future = self._done.get(timeout=PATIENCE)
            except queue.Empty:
                waited = self._heal(waited + PATIENCE)
                continue
            if future not in self._about:  # of workers that are no more
                continue
            try:
                result, problem = future.result(timeout=FETCH)
            except TimeoutError:
                future.add_done_callback(self._done.put)
                waited = self._heal(waited + FETCH)
                continue
            except KilledWorker:
                result, problem = (
                    None,
                    (
                        "Its worker process died again and again: a step took more than its share of time or memory, "
                        "or a crash of the grader."
                    ),
                )
            except (CancelledError, OSError) as error:
                raise CourseError(
                    f"The connection to the workers was lost ({type(error).__name__}). What was graded is kept: "
                    "look at the scheduler, and run the same command again."
                ) from error
            except Exception as error:  # a task that cannot be sent there, or its result back
                result, problem = None, f"{type(error).__name__}: {error}"
            return self._about.pop(future)[0], result, problem

    def _heal(self, waited: float) -> float:
        """Look after the workers; if all are new, give them what is under way. Returns: the seconds still waited."""
        if not self._workers.heal(waited):
            return waited
        lost, self._about = self._about, {}
        for about, (function, *arguments) in lost.values():
            self.add(about, function, *arguments)
        return 0.0


def attempt(function: Callable, arguments: tuple[Any, ...]) -> tuple[Any, Any]:
    """Call a task in a worker; return (its result, None) or (None, what went wrong). Exceptions do not cross as such.

    >>> attempt(int, ("7",)), attempt(int, ("x",))
    ((7, None), (None, "ValueError: invalid literal for int() with base 10: 'x'"))
    """
    try:
        with _alone:  # a sandbox serves one submission at a time
            return function(*arguments), None
    except CourseError as error:
        return None, error
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


@contextlib.contextmanager
def connect(pool: Pool) -> Iterator[Queue]:
    """Start worker processes, or join a cluster, for the time of a block.

    Workers on this machine are one process with one thread for each core. They talk over TLS on the loopback interface
    with a key made for this run, so that other people's processes on a shared machine cannot send them tasks. They end
    with this process, however it ends.

    Raises: CourseError if no worker can be had.
    """
    import dask
    from distributed import Client

    workers = pool.workers or _cores()
    environment, before = {name: os.environ.get(name, "1") for name in THREADS}, dict(os.environ)
    settings = {
        "distributed.scheduler.allowed-failures": LIVES - 1,
        "distributed.scheduler.worker-saturation": 1.0,  # a task that waits here is not lost with a worker
        "distributed.nanny.pre-spawn-environ": environment,
        "distributed.scheduler.http.routes": [],  # nothing is served beside the tasks
        "distributed.worker.http.routes": [],
        "distributed.admin.log-length": 100,  # what Dask remembers of every task is not ours to keep
        "distributed.admin.low-level-log-length": 100,
        "distributed.admin.system-monitor.log-length": 100,
    }
    with contextlib.ExitStack() as stack:
        if pool.scheduler:
            try:
                client = stack.enter_context(Client(pool.scheduler, timeout=20, set_as_default=False))
                client.wait_for_workers(1, timeout=60)
            except (OSError, TimeoutError, ValueError) as error:
                raise CourseError(
                    f"Got {type(error).__name__} from {pool.scheduler}, expected a Dask scheduler with a worker. "
                    "Start `dask scheduler` there and `dask worker` with this package on each machine."
                ) from error
            yield Queue(Remote(client))
            return
        stack.enter_context(dask.config.set(settings))
        stack.callback(_restore_environment, before)  # Dask sets what its workers inherit
        local = Local(workers)
        stack.callback(local.stop)
        yield Queue(local)


def dask_setup(worker: Any) -> None:
    """Make a worker deaf to Ctrl-C, which a terminal sends to every process: the run's own process decides.

    And let no step on a stranger's bytes take more than its share of a worker's time.
    """
    watch_this_process()
    signal.signal(signal.SIGINT, lambda number, frame: None)  # a function: children go back to the default on exec


def _local_cluster(workers: int) -> Any:
    import logging

    from distributed import LocalCluster, Security

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any free port, not the well-known one
        worker_dashboard_address=None,
        memory_limit=None,  # the sandbox has limits of its own
        security=Security.temporary(),
        silence_logs=logging.CRITICAL,
        preload=[__name__],
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _restore_environment(before: dict[str, str]) -> None:
    for name in set(os.environ) - set(before):
        del os.environ[name]
    os.environ.update(before)
