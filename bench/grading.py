"""How fast submissions are graded: stock nbgrader against this engine, on the same submissions, in one run.

    python bench/grading.py                 stock against the engine, where the time goes, feedback, report
    python bench/grading.py --large         also the cost of a submission at 10, 100 and 1,000 of them (half an hour)
    python bench/grading.py --equal         also the scores of the whole sample class by stock nbgrader (five minutes)

Times depend on the machine: compare within one run, and quote ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from rnnshapes import files
from rnnshapes.demo import sample_class
from rnnshapes.demo.run_demo import make_api

ROOT = Path(__file__).parents[1]
LESSON = "01_rnn_shapes"
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.ExecutePreprocessor.timeout = 120
"""


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--equal", action="store_true")
    parser.add_argument("--stock", type=int, default=6, help="submissions that stock nbgrader grades")
    options = parser.parse_args()
    students = honest_students()
    with tempfile.TemporaryDirectory() as folder:
        chosen = students if options.equal else students[: options.stock]
        stock = stock_run(Path(folder, "stock"), chosen)
        print(f"stock nbgrader      {len(chosen)} submissions, {stock['per_minute']:.1f} a minute, one after the other")
        for number in (10, 100, 1000) if options.large else (100,):
            ours = engine_run(Path(folder, f"engine{number}"), students, number)
            ratio = ours["per_minute"] / stock["per_minute"]
            print(
                f"engine              {number} submissions, {ours['per_minute']:.1f} a minute all in all, "
                f"{ratio:.1f} times stock"
            )
            steady = 60 / ours["steady"] / stock["per_minute"]
            print(
                f"                    {ours['start']:.1f} s to the first result, then {ours['steady']:.3f} s for each:"
            )
            print(f"                    processor seconds of all processes: {ours['processor'] / number:.3f} for each")
            print(f"                    {steady:.1f} times stock")
            print(f"                    peak memory, MiB: {ours['memory']}")
            print(f"                    seconds of a submission, by step: {ours['steps']}")
            print(f"                    report: {ours['report']:.2f} s")
        print(f"feedback            {feedback_time(Path(folder, 'engine100')):.3f} s for a page, after the first")
        compare(Path(folder, "stock"), Path(folder, "engine100"), [student.login for student in chosen])


def course(folder: Path, *, config: str) -> Path:
    """Make a course folder with the assignment in it; return the release."""
    shutil.copytree(ROOT / "source" / LESSON, folder / "source" / LESSON)
    (folder / "lessons").mkdir()
    (folder / "exchange").mkdir()
    (folder / "nbgrader_config.py").write_text(config)
    outcome = make_api(folder, folder).generate_assignment(LESSON, force=True)
    assert outcome["success"], outcome
    return ROOT / files.release_path(LESSON)


def honest_students() -> list[sample_class.Student]:
    """Return the sample class without those whose files are broken, hostile or stripped, or who train for long."""
    return [
        student
        for student in sample_class.read_class(ROOT / "lessons" / LESSON / "class")
        if not (student.corrupt or student.hostile or student.stripped or student.login == "anneke_d")
    ]


def large_class(folder: Path, students: list[sample_class.Student], number: int) -> None:
    """Make a course folder in which so many have handed in: the sample class, over and over."""
    release = course(folder, config=(ROOT / "nbgrader_config.py").read_text())
    for copy in range(-(-number // len(students))):
        for student in students[: number - copy * len(students)]:
            sample_class.hand_in([student], release=release, submitted=folder / "one")
            name = student.login if copy == 0 else f"{student.login}_{copy}"
            shutil.move(folder / "one" / student.login, folder / "submitted" / name)


def stock_run(folder: Path, students: list[sample_class.Student]) -> dict[str, float]:
    """Time stock nbgrader's own steps on these submissions, all in one process."""
    release = course(folder, config=STOCK)
    sample_class.hand_in(students, release=release, submitted=folder / "submitted")
    line = [sys.executable, "-m", "nbgrader", "autograde", LESSON]
    environment = os.environ | {"PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])}
    began = time.perf_counter()
    subprocess.run(line, cwd=folder, env=environment, check=True, capture_output=True)
    spent = time.perf_counter() - began
    return {"per_minute": 60 * len(students) / spent}


def engine_run(folder: Path, students: list[sample_class.Student], number: int) -> dict:
    """Time `rnnshapes grade` on so many submissions: the sample class, over and over."""
    large_class(folder, students, number)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "rnnshapes.cli", "--course", str(folder), "grade", LESSON, "--no-feedback"],
        stdout=subprocess.PIPE, text=True, cwd=folder, env=os.environ | {"RNNSHAPES_COURSE": str(folder)},
    )  # fmt: skip
    memory = Memory(process.pid)
    began = time.perf_counter()
    times = [time.perf_counter() - began for line in process.stdout if ": graded" in line]
    total = time.perf_counter() - began
    assert process.wait() == 0 and len(times) == number, (process.returncode, len(times))
    memory.stop()
    began = time.perf_counter()
    line = [sys.executable, "-m", "rnnshapes.cli", "--course", str(folder), "report", LESSON]
    subprocess.run(line, check=True, capture_output=True, env=os.environ | {"RNNSHAPES_COURSE": str(folder)})
    steady = times[len(times) // 10 :] if number > 20 else times
    return {
        "per_minute": 60 * number / total,
        "start": times[0],
        "steady": (steady[-1] - steady[0]) / (len(steady) - 1),
        "processor": sum(memory.seconds.values()),
        "memory": memory.summary(),
        "steps": _steps(folder),
        "report": time.perf_counter() - began,
    }


def feedback_time(folder: Path) -> float:
    """Return the median seconds that a page of feedback takes, made in this process."""
    from rnnshapes.grading.feedback.page_of_feedback import Marks, render_feedback

    times = []
    for path in sorted(folder.glob(f"autograded/*/{LESSON}/*.ipynb"))[:11]:
        text = path.read_text(encoding="utf-8")
        scores = {
            cell["metadata"]["nbgrader"]["grade_id"]: (cell["metadata"]["rnnshapes"]["score"] or 0.0, 1.0)
            for cell in json.loads(text)["cells"]
            if "score" in cell["metadata"].get("rnnshapes", {})
        }
        began = time.perf_counter()
        render_feedback(text, notebook=path.stem, marks=Marks(scores, {}, 0.0))
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def _steps(folder: Path) -> dict[str, float]:
    """Return the median seconds of each step, from the journal."""
    from rnnshapes.grading.journal import open_journal

    found: dict[str, list[float]] = {}
    for graded in open_journal(folder, LESSON, writing=False).results():
        for step, seconds in graded.seconds.items():
            found.setdefault(step, []).append(seconds)
    return {step: round(statistics.median(values), 3) for step, values in found.items()}


class Memory:
    """What a run uses while it goes on: resident memory by kind of process, and processor seconds by process."""

    def __init__(self, pid: int) -> None:
        self.samples: list[dict[str, float]] = []
        self.seconds: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,))
        self._thread.start()

    def _watch(self, pid: int) -> None:
        while not self._ended.wait(2):
            with contextlib.suppress(psutil.Error):
                parent = psutil.Process(pid)
                sample = {"parent": parent.memory_info().rss / 2**20}
                self.seconds[pid] = sum(parent.cpu_times()[:2])
                for child in parent.children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        line = " ".join(child.cmdline())
                        kind = next((name for name in ("referee", "fork_server") if name in line), "worker")
                        if (
                            "bwrap" in line
                            or "bwrap" not in " ".join(child.parent().cmdline())
                            and kind == "fork_server"
                        ):
                            continue  # a student's kernel: its fork server counts it
                        sample[kind] = max(sample.get(kind, 0), child.memory_info().rss / 2**20)
                        self.seconds[child.pid] = sum(child.cpu_times()[: 4 if kind == "fork_server" else 2])
                self.samples.append(sample)

    def stop(self) -> None:
        """Stop watching."""
        self._ended.set()
        self._thread.join()

    def summary(self) -> str:
        """Say for each kind of process what its largest took in the first and in the last quarter of the run."""
        quarter = max(len(self.samples) // 4, 1)
        early, late = self.samples[quarter : 2 * quarter] or self.samples, self.samples[-quarter:]
        kinds = dict.fromkeys(kind for sample in self.samples for kind in sample)
        parts = [
            f"{kind} {max(one.get(kind, 0) for one in early):.0f} → {max(one.get(kind, 0) for one in late):.0f}"
            for kind in kinds
        ]
        return ", ".join(parts)


def compare(stock: Path, ours: Path, logins: list[str]) -> None:
    """Say whether the scores are the same, cell by cell."""
    scores = [_scores(folder, logins) for folder in (stock, ours)]
    different = [key for key in scores[0] if scores[0][key] != scores[1].get(key)]
    print(f"scores              {len(scores[0])} cells of {len(logins)} students, {len(different)} differ {different}")


def _scores(folder: Path, logins: list[str]) -> dict[str, float | None]:
    with make_api(folder, folder).gradebook as gradebook:
        return {
            json.dumps([login, grade.name]): grade.auto_score
            for login in logins
            for notebook in gradebook.find_submission(LESSON, login).notebooks
            for grade in notebook.grades
        }


if __name__ == "__main__":
    main()
