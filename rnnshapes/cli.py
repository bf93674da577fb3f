"""The `rnnshapes` command: a table of subcommands; each imports its work when it is run."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rnnshapes.errors import CourseError, disk_sentence


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", nargs="*", help="01_rnn_shapes, or 01; all lessons when none is named")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a notebook differs")


def _build(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring import build

    run = build.check if options.check else build.build
    return _show(run(root, tuple(options.lesson)), unchanged="up to date" if options.check else "unchanged")


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="NN_name, as in 02_every_step")
    parser.add_argument("title", nargs="?", default="", help="its title; made from the name when missing")


def _new(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.new import new_lesson

    for path in new_lesson(root, options.name, title=options.title):
        print(f"written    {path}")
    print(f"Edit them, then run: rnnshapes build {options.name}")
    return 0


def _quiz_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", nargs="*", help="ask only what these teach, such as 01 02; all when none is named")
    parser.add_argument(
        "--seeds",
        nargs=2,
        type=int,
        default=(1, 2),
        metavar=("BEFORE", "AFTER"),
        help="numbers from which the sizes are drawn (default: 1 2)",
    )


def _quiz(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.quiz import make_quiz

    failed = _show(make_quiz(root, seeds=options.seeds, lessons=options.lesson), unchanged="unchanged")
    print("Release, collect and grade them as any assignment. Then rnnshapes report 99 has the gain.")
    return failed


def _absorb_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", nargs="+", help="an edited notebook under source/ or notebooks/")
    parser.add_argument("--force", action="store_true", help="the notebook wins over a changed text")


def _absorb(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.absorb import absorb

    for notebook in options.notebook:
        _show(absorb(root, notebook, force=options.force), unchanged="unchanged")
    return 0


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "lesson", nargs="*", help="02_every_step, or 02; all that have a sample class when none is named"
    )


def _demo(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.demo.run_demo import run_demo

    return run_demo(root, tuple(options.lesson))


def _lesson_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", nargs="*", help="01_rnn_shapes, or 01; all lessons when none is named")


def _audit(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.audit import audit

    return audit(root, tuple(options.lesson))


def _grade_arguments(parser: argparse.ArgumentParser) -> None:
    from rnnshapes.grading.command import grade_arguments

    grade_arguments(parser)


def _grade(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.grading.command import grade

    return grade(root, options)


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    from rnnshapes.grading.report.report_command import report_arguments

    report_arguments(parser)


def _report(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.grading.report.report_command import report

    return report(root, options)


def _html(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.pages import page as pages
    from rnnshapes.pages import site

    return pages.make_pages(root, tuple(options.lesson), write=site.write_site)


def _slides(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.pages import page as pages
    from rnnshapes.pages import slides

    return pages.make_pages(root, tuple(options.lesson), write=slides.write_slides)


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a new folder, or an earlier export, which is replaced")


def _export(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.export import export

    for path in export(root, options.folder):
        print(f"written    {options.folder / path}")
    print("That is all that a student needs. Nothing in it has a solution, a hidden test or a name.")
    return 0


def _lab(root: Path, options: argparse.Namespace) -> int:
    from rnnshapes.authoring.lab import lab

    return lab(root, options.jupyter)


def _lab_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("jupyter", nargs="*", help="options for JupyterLab, after --")


@dataclass(frozen=True)
class Command:
    """A subcommand: `run(root, options)` returns the exit code."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Path, argparse.Namespace], int]


COMMANDS = (
    Command("build", "lesson texts to notebooks: notebooks/, source/, release/", _build_arguments, _build),
    Command("absorb", "carry a notebook's edit back into its lesson's text", _absorb_arguments, _absorb),
    Command("new", "start a lesson: a lecture and an assignment that build", _new_arguments, _new),
    Command("quiz", "build a quiz before and after the course, which measures the gain", _quiz_arguments, _quiz),
    Command(
        "audit",
        "grade the grader: stubs fail, right answers pass, every misconception is named",
        _lesson_arguments,
        _audit,
    ),
    Command("grade", "grade an assignment's submissions in a sandbox, and write feedback", _grade_arguments, _grade),
    Command("report", "one page about a graded class, and grades for Canvas or Moodle", _report_arguments, _report),
    Command("html", "run the lectures and write them as a site that needs no network: site/", _lesson_arguments, _html),
    Command("slides", "run the lectures and write slides that need no network: slides/", _lesson_arguments, _slides),
    Command("export", "write what students may see, and nothing else, into a folder", _export_arguments, _export),
    Command("lab", "open JupyterLab on a page with the lessons", _lab_arguments, _lab),
    Command("demo", "build, release, and grade a sample class, with feedback and a table", _demo_arguments, _demo),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the `rnnshapes` command; return its exit code. A CourseError is shown as its message alone."""
    _speak_utf8()
    parser = argparse.ArgumentParser(prog="rnnshapes", description="Build and grade the RNN shapes course.")
    parser.add_argument("--course", type=Path, help="the course's folder (default: the one we are in)")
    commands = parser.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        subparser = commands.add_parser(command.name, help=command.help, description=command.help)
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    try:
        return options.run(_find_root(options.course), options)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        return 1
    except OSError as error:
        print(disk_sentence(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted. Run the same command again.", file=sys.stderr)
        return 130


def _speak_utf8() -> None:
    """Start anew where Python would read names and files as ASCII; print what a terminal cannot show as escapes."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _find_root(given: Path | None) -> Path:
    from rnnshapes.files import find_root

    return find_root(given or Path.cwd())


def _show(report, *, unchanged: str) -> int:
    for path in report.written:
        print(f"written    {path}")
    for path in report.unchanged:
        print(f"{unchanged:<10} {path}")
    for note in report.notes:
        print(note)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
