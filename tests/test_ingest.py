"""Ingest: real folders, zips and notebooks of every sort become submissions; hostile ones are refused with a reason."""

import copy
import io
import json
import os
import random
import stat
import string
import zipfile
import zlib
from pathlib import Path

import nbformat
import pytest
from colab_help import saved_by_colab

from rnnshapes.errors import CourseError
from rnnshapes.grading.ingest.assemble import Intake, Refused
from rnnshapes.grading.ingest.entries import Bounds
from rnnshapes.grading.ingest.intake import read_submissions, read_submitted
from rnnshapes.grading.ingest.names import safe_login
from rnnshapes.grading.ingest.place import place
from rnnshapes.grading.ingest.roster import Roster
from rnnshapes.grading.repair.notebook import read_notebook
from rnnshapes.grading.task import Submission

RELEASE = Path(__file__).parent.parent / "release" / "01_rnn_shapes" / "rnn_shapes.ipynb"
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"


def notebook(text: str = "a = 1") -> bytes:
    cell = {"cell_type": "code", "source": text, "metadata": {}, "outputs": [], "execution_count": None, "id": "a"}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def make_zip(files: dict[str, bytes], path: Path | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if path:
        path.write_bytes(buffer.getvalue())
    return buffer.getvalue()


def make_folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def read(path: Path, **options) -> Intake:
    return read_submissions(path, assignment=LESSON, **{"notebooks": [NAME], **options})


def read_zip(tmp_path: Path, files: dict[str, bytes], **options) -> Intake:
    make_zip(files, tmp_path / "class.zip")
    return read(tmp_path / "class.zip", **options)


def one(intake: Intake) -> Submission:
    assert not intake.refused and not intake.unmatched, intake
    (submission,) = intake.submissions
    return submission


def by_login(intake: Intake) -> dict[str, bytes]:
    return {submission.login: submission.notebooks[NAME] for submission in intake.submissions}


# ---- what it is given


def test_nbgrader_layout_with_time_and_files(tmp_path):
    make_folder(
        tmp_path,
        {
            f"ada/{LESSON}/rnn_shapes.ipynb": notebook("ada"),
            f"ada/{LESSON}/timestamp.txt": b"2026-03-01 12:00:00.5 UTC\n",
            f"ada/{LESSON}/data/mine.csv": b"1,2",
            f"ada/{LESSON}/.ipynb_checkpoints/rnn_shapes-checkpoint.ipynb": notebook("old"),
            f"ben/{LESSON}/rnn_shapes.ipynb": notebook("ben"),
            "cy/02_other/other.ipynb": notebook(),
            f".hidden/{LESSON}/rnn_shapes.ipynb": notebook(),
        },
    )
    intake = read(tmp_path)
    assert by_login(intake) == {"ada": notebook("ada"), "ben": notebook("ben")}
    ada = intake.submissions[0]
    assert ada.timestamp == "2026-03-01 12:00:00.5 UTC" and ada.files == {"data/mine.csv": b"1,2"} and ada.remarks == ()


def test_time_that_is_none_is_remarked(tmp_path):
    folder = {f"ada/{LESSON}/rnn_shapes.ipynb": notebook(), f"ada/{LESSON}/timestamp.txt": b"yesterday"}
    ada = one(read(make_folder(tmp_path, folder)))
    assert ada.timestamp == "" and "timestamp.txt" in ada.remarks[0]


def test_loose_notebooks(tmp_path):
    make_folder(
        tmp_path,
        {
            "ada.ipynb": notebook("ada"),
            "ben_rnn_shapes.ipynb": notebook("ben"),
            "cy/rnn_shapes.ipynb": notebook("cy"),
            "dot.zip": make_zip({"work/rnn_shapes.ipynb": notebook("dot"), "__MACOSX/work/._rnn_shapes.ipynb": b"x"}),
            "rnn_shapes.ipynb": notebook("whose?"),
            "Copy of rnn_shapes.ipynb": notebook("from Colab, but whose?"),
            "rnn_shapes (1).ipynb": notebook("downloaded twice, but whose?"),
            ".DS_Store": b"x",
        },
    )
    intake = read(tmp_path)
    assert by_login(intake) == {name: notebook(name) for name in ("ada", "ben", "cy", "dot")}
    assert {refused.where for refused in intake.refused} == {
        "rnn_shapes.ipynb",
        "Copy of rnn_shapes.ipynb",
        "rnn_shapes (1).ipynb",
    }
    assert one(read(tmp_path / "ada.ipynb")).login == "ada"


@pytest.mark.parametrize("wrap", ["", "class 2026/"])
def test_canvas(tmp_path, wrap):
    intake = read_zip(
        tmp_path,
        {
            f"{wrap}lovelaceada_LATE_123_500_rnn_shapes-1.ipynb": notebook("ada"),
            f"{wrap}o_brienben_77_501_rnn_shapes.ipynb": notebook("ben 1"),
            f"{wrap}o_brienben_77_601_rnn_shapes-2.ipynb": notebook("ben 2"),
            f"{wrap}o_brienben_77_602_plot.png": b"png",
            f"{wrap}müllereva_9_700_3_4_final.ipynb": notebook("eva"),
            f"{wrap}anon_aB3dE_800_rnn_shapes.ipynb": notebook("anonymous"),
            f"{wrap}wordspaul_10_text.html": b"<p>here",
            f"{wrap}__MACOSX/._x": b"",
        },
    )
    found = {submission.login: submission for submission in intake.submissions}
    assert by_login(intake) == {
        "lovelaceada": notebook("ada"),
        "o_brienben": notebook("ben 2"),
        "mullereva": notebook("eva"),
        "anon_ab3de": notebook("anonymous"),
    }
    assert any("late" in remark for remark in found["lovelaceada"].remarks)
    assert found["o_brienben"].files == {"plot.png": b"png"}
    assert any("Left out" in remark and "rnn_shapes.ipynb" in remark for remark in found["o_brienben"].remarks)
    assert found["mullereva"].remarks == ("3_4_final.ipynb was taken as rnn_shapes.ipynb.",)
    assert [(refused.login, "text.html" in refused.reason) for refused in intake.refused] == [("wordspaul", True)]


def test_canvas_unpacked_folder(tmp_path):
    folder = make_folder(
        tmp_path, {"adal_1_2_rnn_shapes.ipynb": notebook("a"), "benb_3_4_rnn_shapes.ipynb": notebook("b")}
    )
    assert by_login(read(folder)) == {"adal": notebook("a"), "benb": notebook("b")}


@pytest.mark.parametrize(
    "form",
    [
        "{}_assignsubmission_file/rnn_shapes.ipynb",
        "{}_assignsubmission_file_/rnn_shapes.ipynb",
        "{}_assignsubmission_file_rnn_shapes.ipynb",
        "Course-Assignment-7/{}_assignsubmission_file/rnn_shapes.ipynb",
    ],
)
def test_moodle(tmp_path, form):
    people = {"Ada Lovelace_12345": "ada_lovelace", "Zoë O'Neill_12346": "zoe_o_neill", "李 雷_12347": "李_雷"}
    intake = read_zip(tmp_path, {form.format(person): notebook(person) for person in people})
    assert by_login(intake) == {login: notebook(person) for person, login in people.items()}
    assert all(submission.remarks == () for submission in intake.submissions)


def test_moodle_one_student_with_folders_and_zip(tmp_path):
    inner = make_zip({"my work/rnn_shapes.ipynb": notebook("ada"), "my work/data/a.csv": b"1"})
    ada = one(read_zip(tmp_path, {"Ada Lovelace_1_assignsubmission_file/work.zip": inner}))
    assert (ada.login, ada.notebooks[NAME], ada.files) == ("ada_lovelace", notebook("ada"), {"data/a.csv": b"1"})


def test_zip_of_a_class_folder(tmp_path):
    flat = read_zip(tmp_path, {"class/ada.ipynb": notebook("a"), "class/ben.ipynb": notebook("b")})
    assert by_login(flat) == {"ada": notebook("a"), "ben": notebook("b")}
    deep = read_zip(
        tmp_path, {"class/ada/rnn_shapes.ipynb": notebook("a"), "class/ben/rnn_shapes.ipynb": notebook("b")}
    )
    assert by_login(deep) == by_login(flat)
    layout = {
        f"submitted/ada/{LESSON}/rnn_shapes.ipynb": notebook("a"),
        f"submitted/ben/{LESSON}/rnn_shapes.ipynb": notebook("b"),
    }
    assert by_login(read_zip(tmp_path, layout)) == by_login(flat)
    assert (
        one(read_zip(tmp_path, {"ada/rnn_shapes.ipynb": notebook("a"), "ada/extra.ipynb": notebook()})).login == "ada"
    )


def test_own_pattern_with_time(tmp_path):
    files = {
        "ps1_ada_2026-01-30-15-00-00_rnn_shapes.ipynb": notebook("old"),
        "ps1_ada_2026-01-31-15-00-00_rnn_shapes.ipynb": notebook("new"),
        "notes.txt": b"",
    }
    intake = read_zip(tmp_path, files, patterns=[r"ps1_(?P<login>\w+?)_(?P<timestamp>[\d-]+)_(?P<file>.*)"])
    assert by_login(intake) == {"ada": notebook("new")} and intake.submissions[0].timestamp == "2026-01-31 15:00:00 UTC"
    assert "more than once" in intake.submissions[0].remarks[0] and intake.refused[0].where == "notes.txt"
    for bad in (["("], [r"(?P<file>.*)"]):
        with pytest.raises(CourseError, match="expected"):
            read_zip(tmp_path, files, patterns=bad)


def test_what_is_no_submission_at_all(tmp_path):
    (tmp_path / "grades.txt").write_text("hello")
    for path in (tmp_path / "nowhere", tmp_path / "grades.txt"):
        with pytest.raises(CourseError, match=r"Expected nbgrader's submitted/ folder"):
            read(path)
    assert read_zip(tmp_path, {}).submissions == []


# ---- whose it is


def roster(tmp_path: Path, text: str) -> Path:
    (tmp_path / "students.csv").write_text(text, encoding="utf-8-sig")
    return tmp_path / "students.csv"


def test_roster_matches_by_id_email_login_and_name(tmp_path):
    people = roster(
        tmp_path,
        "id,first_name,last_name,email,lms_user_id\n"
        "al1,Ada,Lovelace,ada@uni.example,123\nbo2,Ben,O'Brien,,\nej3,Eva,Müller,eva@uni.example,\n"
        "js4,Jo,Smith,,\njs5,Jo,Smith,,\nzz9,Zed,Zero,,999\nno6,No,Show,,\n",
    )
    canvas = read_zip(
        tmp_path,
        {
            "renamed_123_1_rnn_shapes.ipynb": notebook("ada"),
            "o_brienben_5_2_rnn_shapes.ipynb": notebook("ben"),
            "müllereva_6_3_rnn_shapes.ipynb": notebook("eva"),
            "smithjo_7_4_rnn_shapes.ipynb": notebook("which Jo?"),
            "zerozed_8_5_rnn_shapes.ipynb": notebook("a namesake"),
            "x_9_6_rnn_shapes.ipynb": notebook("nobody"),
            "x_9_7_plot.png": b"of nobody",
        },
        roster=people,
    )
    assert by_login(canvas) == {"al1": notebook("ada"), "bo2": notebook("ben"), "ej3": notebook("eva")}
    assert len(canvas.unmatched) == 3 and all("roster" in unmatched.reason for unmatched in canvas.unmatched)
    assert canvas.missing == ["js4", "js5", "no6", "zz9"]
    loose = read(
        make_folder(tmp_path / "loose", {"eva@uni.example.ipynb": notebook("e"), "AL1.ipynb": notebook("a")}),
        roster=people,
    )
    assert by_login(loose) == {"ej3": notebook("e"), "al1": notebook("a")}


def test_rosters_as_canvas_and_moodle_export_them(tmp_path):
    canvas = Roster.read(
        roster(tmp_path, 'Student,ID,SIS User ID,SIS Login ID,Section\n"Lovelace, Ada",123,s1,al1,A\n')
    )
    assert canvas.find(id="123") == canvas.find(name="lovelaceada") == canvas.find(login="AL1") == "al1"
    worksheet = Roster.read(
        roster(tmp_path, "Identifier,Full name,Email address\nParticipant 55,Ada King Lovelace,al1@uni.example\n")
    )
    assert (
        worksheet.find(id="55")
        == worksheet.find(name="Ada King Lovelace")
        == worksheet.find(name="lovelaceadaking")
        == "al1"
    )
    assert worksheet.find(name="") is None
    for text in ("colour,size\nred,2\n", "id\n../../etc\n"):
        with pytest.raises(CourseError, match="expected"):
            Roster.read(roster(tmp_path, text))
    with pytest.raises(CourseError, match="CSV"):
        Roster.read(tmp_path / "nowhere.csv")


def test_namesakes_without_roster_stay_apart(tmp_path):
    intake = read_zip(
        tmp_path, {"smithjo_7_4_rnn_shapes.ipynb": notebook("7"), "smithjo_8_5_rnn_shapes.ipynb": notebook("8")}
    )
    assert by_login(intake) == {"smithjo_7": notebook("7"), "smithjo_8": notebook("8")}


@pytest.mark.parametrize(
    "name", ["..", "../../etc/passwd", "a/b", "a\\b", "-rf", ".hidden", "x" * 500, "nul\0", "\u202eevil", ""]
)
def test_logins_are_safe_folder_names(name):
    login = safe_login(name)
    assert login == os.path.basename(login) and not login.startswith((".", "-")) and len(login) <= 100
    assert "\0" not in login and "\\" not in login and login.isprintable()


# ---- names of notebooks


@pytest.mark.parametrize(
    "name",
    [
        "RNN_shapes.ipynb",
        "rnn_shapes (1).ipynb",
        "Copy of rnn_shapes.ipynb",
        "rnn_shapes-Copy1.ipynb",
        "rnn_shapes.ipynb.txt",
        "rnn shapes.ipynb",
        "homework.ipynb",
        "deep/er/rnn_shapes.ipynb",
    ],
)
def test_one_notebook_under_another_name_is_taken(tmp_path, name):
    folder = make_folder(tmp_path, {f"ada/{LESSON}/{name}": notebook("ada"), f"ada/{LESSON}/a.csv": b"1"})
    ada = one(read(folder))
    assert ada.notebooks == {NAME: notebook("ada")} and ada.remarks == (f"{name} was taken as rnn_shapes.ipynb.",)


COLAB_NAMES = (
    "Copy of rnn_shapes",
    "Kopie von rnn_shapes",
    "Copia de rnn_shapes (2)",
    "rnn_shapes のコピー",
    "“rnn_shapes”的副本",
)


@pytest.mark.parametrize("name", COLAB_NAMES)
def test_colabs_names_of_a_copy_are_known_beside_another_notebook(tmp_path, name):
    files = {f"ada/{name}.ipynb": notebook("ada"), "ada/Copy of 01_rnn_shapes.ipynb": notebook("the lecture")}
    ada, _ = read(make_folder(tmp_path, files | {"ben/rnn_shapes.ipynb": notebook("ben")})).submissions
    assert ada.notebooks == {NAME: notebook("ada")}
    assert ada.remarks == (
        f"{name}.ipynb was taken as rnn_shapes.ipynb.",
        "Left out, since other notebooks were taken: Copy of 01_rnn_shapes.ipynb.",
    )


def test_several_notebooks(tmp_path):
    two = ["part-1", "part-2"]
    folder = make_folder(
        tmp_path,
        {
            f"ada/{LESSON}/part-2.ipynb": notebook("2"),
            f"ada/{LESSON}/part-1.ipynb": notebook("1"),
            f"ben/{LESSON}/part-2 (1).ipynb": notebook("2"),
            f"cy/{LESSON}/what.ipynb": notebook(),
        },
    )
    intake = read(folder, notebooks=two)
    ada, ben = intake.submissions
    assert ada.notebooks == {"part-1": notebook("1"), "part-2": notebook("2")} and ada.remarks == ()
    assert ben.notebooks == {"part-2": notebook("2")} and "part-1.ipynb was not handed in." in ben.remarks
    assert (
        intake.refused[0].login == "cy"
        and "what.ipynb" in intake.refused[0].reason
        and "part-1.ipynb" in intake.refused[0].reason
    )
    unclear = make_folder(tmp_path / "b", {f"ada/{LESSON}/a.ipynb": notebook(), f"ada/{LESSON}/b.ipynb": notebook()})
    assert "a.ipynb, b.ipynb" in read(unclear).refused[0].reason


def test_extra_notebooks_are_left_out(tmp_path):
    folder = make_folder(
        tmp_path,
        {f"ada/{LESSON}/rnn_shapes.ipynb": notebook("ada"), f"ada/{LESSON}/rnn_shapes-Copy1.ipynb": notebook()},
    )
    ada = one(read(folder))
    assert ada.notebooks == {NAME: notebook("ada")} and "rnn_shapes-Copy1.ipynb" in ada.remarks[0] and ada.files == {}


# ---- hostile files


@pytest.mark.parametrize(
    "name, word",
    [
        ("numpy.py", "library"),
        ("rnnshapes/check.py", "library"),
        ("rnnshapes/data.json", "library"),
        ("keras/__init__.py", "library"),
        ("sitecustomize.py", "starts"),
        ("usercustomize.py", "starts"),
        ("json.pyc", "library"),
        ("tensorflow.so", "library"),
        ("google/protobuf.py", "library"),
        ("mine.pth", "starts"),
        (".ipython/profile_default/startup/a.py", "starts"),
        ("a.dist-info/entry_points.txt", "starts"),
        ("random.cpython-311-x86_64-linux-gnu.so", "library"),
        ("NumPy.py", "library"),
    ],
)
def test_shadowing_modules_are_left_out(tmp_path, name, word):
    loose = make_folder(tmp_path / "loose", {f"ada/{LESSON}/{name}": b"x"})
    make_folder(loose, {f"ada/{LESSON}/rnn_shapes.ipynb": notebook()})
    inner = make_zip({f"work/{name}": b"x", "work/rnn_shapes.ipynb": notebook()})
    packed = make_folder(tmp_path / "packed", {f"ada/{LESSON}/work.zip": inner})
    for folder in (loose, packed):
        ada = one(read(folder))
        assert ada.files == {} and ada.notebooks == {NAME: notebook()}
        assert len(ada.remarks) == 1 and ada.remarks[0].startswith(name) and word in ada.remarks[0]


def test_own_helpers_and_data_are_kept(tmp_path):
    names = ("my_cell.py", "numpy.csv", "images/plot.png", "sub/numpy.py")
    folder = make_folder(tmp_path, {f"ada/{LESSON}/{name}": b"x" for name in names})
    make_folder(folder, {f"ada/{LESSON}/rnn_shapes.ipynb": notebook()})
    ada = one(read(folder))
    assert set(ada.files) == set(names) and ada.remarks == ()


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv",
        "a/../../evil.csv",
        "/etc/evil.csv",
        "C:/evil.csv",
        "..\\evil.csv",
        "a\nb.csv",
        "\u202egnp.csv",
        "x" * 300 + ".csv",
        "a//b.csv",
        "./a.csv",
    ],
)
def test_unsafe_names_in_a_zip_are_left_out(tmp_path, name):
    inner = make_zip({"rnn_shapes.ipynb": notebook(), name: b"evil", "good.csv": b"1"})
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/work.zip": inner}))
    assert ada.files == {"good.csv": b"1"} and len(ada.remarks) == 1 and ada.remarks[0].isprintable()


def test_a_nul_in_a_name_does_not_cut_it(tmp_path):
    inner = make_zip({"rnn_shapes.ipynb": notebook(), "evil.pyZ.csv": b"1"}).replace(b"evil.pyZ.csv", b"evil.py\0.csv")
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/work.zip": inner}))
    assert ada.files == {} and "evil.py?.csv" in ada.remarks[0]


def test_links_pipes_and_devices_on_disk_are_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    root = make_folder(tmp_path / "submitted", {f"ada/{LESSON}/rnn_shapes.ipynb": notebook()})
    folder = root / "ada" / LESSON
    (folder / "link.csv").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.link(secret, folder / "hard.csv")
    os.mkfifo(folder / "pipe.csv")
    ada = one(read(root))
    assert ada.files == {} and ada.notebooks == {NAME: notebook()}
    assert sorted(remark.split()[0] for remark in ada.remarks) == ["folder", "hard.csv", "link.csv", "pipe.csv"]
    assert str(secret) not in repr(ada)


def test_a_notebook_or_folder_that_is_a_link_is_refused(tmp_path):
    outside = make_folder(tmp_path / "outside", {"rnn_shapes.ipynb": notebook("secret")})
    root = make_folder(tmp_path / "submitted", {f"ok/{LESSON}/rnn_shapes.ipynb": notebook()})
    for login in ("ada", "ben"):
        (root / login).mkdir()
    (root / "ada" / LESSON).symlink_to(outside)
    (root / "ben" / LESSON).mkdir()
    (root / "ben" / LESSON / "rnn_shapes.ipynb").symlink_to(outside / "rnn_shapes.ipynb")
    os.mkfifo(root / "ok" / LESSON / "timestamp.txt")
    make_folder(root, {f"odd\nname/{LESSON}/rnn_shapes.ipynb": notebook()})
    intake = read(root)
    assert [submission.login for submission in intake.submissions] == ["ok"]
    assert [refused.login for refused in intake.refused] == ["ada", "ben", "odd\nname"]
    assert ["link" in refused.reason for refused in intake.refused] == [True, True, False]


def test_links_devices_and_encryption_in_a_zip(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("rnn_shapes.ipynb", notebook())
        for name, kind in (("link.csv", stat.S_IFLNK), ("pipe.csv", stat.S_IFIFO), ("disk.csv", stat.S_IFBLK)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o644) << 16
            archive.writestr(info, "/etc/passwd")
        archive.writestr("bz.csv", "1", zipfile.ZIP_BZIP2)
        archive.writestr("locked.csv", "1")
        archive.filelist[-1].flag_bits |= 1
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/work.zip": buffer.getvalue()}))
    assert ada.files == {} and [remark.split()[0] for remark in ada.remarks] == [
        "link.csv",
        "pipe.csv",
        "disk.csv",
        "bz.csv",
        "locked.csv",
    ]


def test_case_colliding_names_and_files_that_are_folders(tmp_path):
    inner = make_zip(
        {
            "RNN_SHAPES.ipynb": notebook("no"),
            "rnn_shapes.ipynb": notebook("yes"),
            "a.csv": b"1",
            "A.csv": b"2",
            "a.csv/b": b"3",
        }
    )
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/work.zip": inner}))
    assert ada.notebooks == {NAME: notebook("yes")} and ada.files == {"a.csv": b"1"} and len(ada.remarks) == 3


def test_bombs_are_stopped_as_they_are_read(tmp_path):
    bounds = Bounds(file_bytes=2**20, submission_bytes=2**21)
    zeros = make_zip({"rnn_shapes.ipynb": notebook(), "zeros.csv": bytes(2**23)})
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/z.zip": zeros}, bounds=bounds))
    assert ada.files == {} and "200 times" in ada.remarks[0]

    # The size in the zip's list lies: 100 bytes are promised, 8 MiB come.
    lying = bytearray(zeros)
    for at in (zeros.index(b"PK\x03\x04", 10) + 22, zeros.rindex(b"PK\x01\x02") + 24):
        lying[at : at + 4] = (100).to_bytes(4, "little")
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/z.zip": bytes(lying)}, bounds=bounds))
    assert ada.files == {} and "damaged" in ada.remarks[0]

    nested = make_zip({"rnn_shapes.ipynb": notebook(), "more.zip": make_zip({"more.zip": zeros})})
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/z.zip": nested}, bounds=bounds))
    assert "zip in a zip" in ada.remarks[0]

    many = make_zip({f"{number}.csv": b"" for number in range(3000)})
    intake = read_zip(
        tmp_path,
        {
            "Ada_1_assignsubmission_file/z.zip": many,
            "Ben_2_assignsubmission_file/rnn_shapes.ipynb": notebook("ben"),
        },
    )
    assert by_login(intake) == {"ben": notebook("ben")} and "2000 files" in intake.refused[0].reason


def test_overlapping_entries_are_left_out(tmp_path):
    one_file = make_zip({"rnn_shapes.ipynb": notebook(), "a.csv": b"12345678"})
    at = one_file.rindex(b"PK\x01\x02")
    end = one_file.index(b"PK\x05\x06")
    record = one_file[at:end]
    count = (3).to_bytes(2, "little")
    size = (end - one_file.index(b"PK\x01\x02") + len(record)).to_bytes(4, "little")
    tail = one_file[end : end + 8] + count + count + size + one_file[end + 16 :]
    overlapping = one_file[:end] + record + tail
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/z.zip": overlapping}))
    assert ada.notebooks == {NAME: notebook()} and any("shares its bytes" in remark for remark in ada.remarks)


def test_limits_on_size_and_count(tmp_path):
    folder = make_folder(tmp_path, {f"ada/{LESSON}/{number:02}.csv": b"x" * 100 for number in range(10)})
    make_folder(folder, {f"ada/{LESSON}/rnn_shapes.ipynb": notebook(), f"ada/{LESSON}/big.csv": b"x" * 5000})
    few = one(read(folder, bounds=Bounds(submission_files=4)))
    assert len(few.files) == 3 and few.notebooks and "More than 4 files" in few.remarks[0]
    small = one(read(folder, bounds=Bounds(file_bytes=1000)))
    assert len(small.files) == 10 and small.remarks[0].startswith("big.csv was left out, for it is larger")
    whole = one(read(folder, bounds=Bounds(submission_bytes=len(notebook()) + 250)))
    assert len(whole.files) == 2 and len(whole.remarks) == 9
    none = read(folder, bounds=Bounds(file_bytes=20))
    assert not none.submissions and "rnn_shapes.ipynb was left out, for it is larger" in none.refused[0].reason
    crowd = read(folder, bounds=Bounds(submission_files=1))
    assert not crowd.submissions and "more than 10 files" in crowd.refused[0].reason


def test_a_students_own_timestamp_is_no_evidence(tmp_path):
    inner = make_zip({"rnn_shapes.ipynb": notebook(), "timestamp.txt": b"2020-01-01 00:00:00 UTC"})
    ada = one(read_zip(tmp_path, {"Ada_1_assignsubmission_file/z.zip": inner}))
    assert ada.timestamp == "" and ada.files == {}


def test_random_damage_to_a_zip_raises_only_course_errors(tmp_path):
    rng = random.Random(7)
    inner = make_zip({"rnn_shapes.ipynb": notebook("ada"), "data/a.csv": b"1,2,3" * 100, "b.txt": b"b"})
    whole = make_zip(
        {"Ada_1_assignsubmission_file/z.zip": inner, "Ben_2_assignsubmission_file/rnn_shapes.ipynb": notebook("ben")}
    )
    read_well = 0
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 3, 30))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        (tmp_path / "class.zip").write_bytes(data[: rng.choice((len(data), len(data), rng.randrange(len(data))))])
        try:
            read_well += bool(read(tmp_path / "class.zip").submissions)
        except CourseError:
            pass
    assert read_well > 20


# ---- into nbgrader's layout


def loose(root: Path, text: str, timestamp: str = "") -> Intake:
    return Intake(
        [Submission("ada", {NAME: notebook(text)}, {"d/a.csv": b"1"}, timestamp, ("numpy.py was left out.",))]
    )


def test_place_and_read_again_keeps_remarks(tmp_path):
    done = place(loose(tmp_path, "1"), tmp_path, LESSON)
    assert done.new == ["ada"] and done.replaced == {} and done.refused == []
    ada = one(read_submitted(tmp_path, LESSON, notebooks=[NAME]))
    assert ada == loose(tmp_path, "1").submissions[0]
    assert place(loose(tmp_path, "1"), tmp_path, LESSON).unchanged == ["ada"]
    assert sorted(os.listdir(tmp_path)) == [".rnnshapes", "ada"]
    # Another notebook under the same login, by hand: the remarks were about the one before.
    (tmp_path / "ada" / LESSON / "rnn_shapes.ipynb").write_bytes(notebook("by hand"))
    assert one(read_submitted(tmp_path, LESSON, notebooks=[NAME])).remarks == ()


def test_place_keeps_what_it_replaces(tmp_path):
    place(loose(tmp_path, "1"), tmp_path, LESSON)
    done = place(loose(tmp_path, "2"), tmp_path, LESSON)
    kept = list(tmp_path.glob(f".rnnshapes/replaced/ada/{LESSON}/*/rnn_shapes.ipynb"))
    assert [path.read_bytes() for path in kept] == [notebook("1")]
    assert str(kept[0].parent.relative_to(tmp_path)) in done.replaced["ada"] and done.new == []
    assert (tmp_path / "ada" / LESSON / "rnn_shapes.ipynb").read_bytes() == notebook("2")
    place(loose(tmp_path, "1"), tmp_path, LESSON)
    place(loose(tmp_path, "2"), tmp_path, LESSON)  # back and forth: nothing lost, nothing kept twice
    assert len(list(tmp_path.glob(f".rnnshapes/replaced/ada/{LESSON}/*"))) == 2


@pytest.mark.parametrize(
    "old, new, replaced",
    [
        ("2026-03-01 12:00:00 UTC", "2026-03-01 13:00:00 UTC", True),
        ("2026-03-01 12:00:00 UTC", "2026-03-01 12:30:00 +0100", False),
        ("2026-03-01 12:00:00 UTC", "", False),
        ("", "2026-03-01 12:00:00 UTC", True),
        ("", "", True),
    ],
)
def test_an_older_one_does_not_replace_a_newer(tmp_path, old, new, replaced):
    place(loose(tmp_path, "old", old), tmp_path, LESSON)
    done = place(loose(tmp_path, "new", new), tmp_path, LESSON)
    now = (tmp_path / "ada" / LESSON / "rnn_shapes.ipynb").read_bytes()
    assert (now == notebook("new")) == replaced == bool(done.replaced) == (not done.refused)
    place(loose(tmp_path, "forced", new), tmp_path, LESSON, replace=True)
    assert (tmp_path / "ada" / LESSON / "rnn_shapes.ipynb").read_bytes() == notebook("forced")


def test_place_writes_nowhere_else(tmp_path):
    root, outside = tmp_path / "submitted", tmp_path / "outside"
    outside.mkdir()
    (root / "ada").mkdir(parents=True)
    (root / "ada" / LESSON).symlink_to(outside)
    bad = [Submission(login, {NAME: notebook()}) for login in ("..", "../x", "a/b", "ada")]
    bad.append(Submission("ben", {NAME: notebook()}, {"../../evil.csv": b"1"}))
    done = place(Intake([*bad, Submission("cy", {NAME: notebook()})], [Refused("x", "y.")]), root, LESSON)
    assert done.new == ["cy"] and len(done.refused) == 5
    assert os.listdir(outside) == [] and sorted(os.listdir(tmp_path)) == ["outside", "submitted"]


def test_nbgrader_sees_what_was_placed_and_nothing_else(tmp_path):
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    make_folder(tmp_path, {f"source/{LESSON}/rnn_shapes.ipynb": notebook()})
    for text in ("1", "2"):
        place(loose(tmp_path, text, "2026-03-01 12:00:00 UTC"), tmp_path / "submitted", LESSON)
    course = CourseDirectory(root=str(tmp_path), db_url=f"sqlite:///{tmp_path}/gradebook.db")
    assert NbGraderAPI(course).get_submitted_students(LESSON) == {"ada"}
    assert course.get_existing_timestamp(str(tmp_path / "submitted" / "ada" / LESSON)).hour == 12


# ---- one notebook


def check(data: bytes | dict) -> nbformat.NotebookNode:
    """Read it: valid, the same each time, and it survives being written and read."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    found = read_notebook(data)
    nbformat.validate(copy.deepcopy(found))
    assert (found.nbformat, found.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in found.cells}) == len(found.cells)
    written = nbformat.writes(found).encode()  # and encodable
    assert read_notebook(written) == found == read_notebook(data)
    return found


def cells(*found: dict, **more) -> dict:
    return {"cells": list(found), "metadata": {}, "nbformat": 4, "nbformat_minor": 0, **more}


def test_the_release_is_read_as_it_is():
    assert check(RELEASE.read_bytes()) == nbformat.read(RELEASE, 4)


def test_colab():
    original = nbformat.read(RELEASE, 4)
    saved = saved_by_colab(original)
    raw = json.loads(saved)
    assert raw["nbformat_minor"] == 0 and not any("id" in cell for cell in raw["cells"])
    found = check(saved)
    badge, *cells = found.cells
    assert badge.id == "view-in-github" and "colab-badge.svg" in badge.source
    assert [cell.source for cell in cells] == [cell.source for cell in original.cells]
    assert [cell.id for cell in cells if "nbgrader" in cell.metadata] == [
        cell.metadata.nbgrader.grade_id for cell in original.cells if "nbgrader" in cell.metadata
    ]
    plain = next(cell for cell in cells if "nbgrader" not in cell.metadata)
    assert plain.id == plain.metadata.id and found.metadata.kernelspec.name == "python3"
    kinds = {output.output_type for cell in cells for output in cell.get("outputs", [])}
    assert kinds == {"stream", "execute_result", "display_data", "error"}
    assert "application/vnd.google.colaboratory.intrinsic+json" in cells[0].outputs[-1].data


def test_version_3():
    raw = nbformat.convert(nbformat.read(RELEASE, 4), 3)
    raw.worksheets[0].cells[2].outputs = [
        {"output_type": "pyout", "prompt_number": 1, "text": ["1\n", "2"], "metadata": {}},
        {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
        {"output_type": "stream", "stream": "stderr", "text": "x"},
        3,
        {"nothing": 1},
    ]
    raw.worksheets[0].cells.append({"cell_type": "heading", "level": 2, "source": "Title", "metadata": {}})
    found = check(json.dumps(raw).encode())
    original = nbformat.read(RELEASE, 4)
    assert [cell.source for cell in found.cells] == [*(cell.source for cell in original.cells), "## Title"]
    assert [output.output_type for output in found.cells[2].outputs] == ["execute_result", "error", "stream"]
    assert found.cells[2].outputs[0].data == {"text/plain": "1\n2"} and found.cells[2].id == "setup"


def test_versions_2_and_1():
    code = {"cell_type": "code", "input": "a = 1", "language": "python", "outputs": [], "collapsed": False}
    two = {"nbformat": 2, "metadata": {"name": "x"}, "worksheets": [{"cells": [code]}]}
    assert [cell.source for cell in check(two).cells] == ["a = 1"]
    assert [
        cell.source for cell in check({"nbformat": 1, "cells": [{"cell_type": "code", "code": "a = 1"}]}).cells
    ] == ["a = 1"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding):
    assert (
        check(json.dumps(cells({"cell_type": "markdown", "source": "ŷ"}), ensure_ascii=False).encode(encoding))
        .cells[0]
        .source
        == "ŷ"
    )


def test_what_json_allows_and_files_do_not():
    numbers = f'"n": NaN, "i": -Infinity, "e": 1e999, "big": {"9" * 9000}, "\\udfff": 1'
    source = "a\\ud800b\\ud83d\\ude00\x01"
    text = f'{{"cells": [{{"cell_type": "markdown", "source": "{source}", "metadata": {{{numbers}}}}}], "nbformat": 4}}'
    cell = check(text.encode()).cells[0]
    assert (
        cell.source == "a\ufffdb\U0001f600\x01"
        and cell.metadata.n is cell.metadata.i is cell.metadata.e is cell.metadata.big is None
    )


def test_ids_are_valid_unique_and_not_random():
    own = [{"cell_type": "code", "source": str(number)} for number in range(7)]
    for cell, name in zip(own, ("a", "a", "not valid!", 7, "x" * 65, "cell-2", None), strict=True):
        cell["id"] = name
    own[6] = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "a", "schema_version": 3}}}
    assert [cell.id for cell in check(cells(*own)).cells] == [
        "a",
        "cell-2-2",
        "cell-3",
        "cell-4",
        "cell-5",
        "cell-2",
        "cell-7",
    ]


def test_wrong_types_are_put_right():
    odd = cells(
        3,
        None,
        "text",
        [],
        {},
        {"cell_type": 5, "source": 5, "outputs": 5, "metadata": 5},
        {
            "cell_type": "code",
            "source": ["a", 1, "b"],
            "execution_count": "7",
            "metadata": {"tags": "x", "collapsed": "y", "nbgrader": []},
        },
        {
            "cell_type": "code",
            "source": "c",
            "extra": 1,
            "outputs": [
                None,
                1,
                {},
                {"output_type": "stream"},
                {"output_type": []},
                {"output_type": "execute_result", "data": []},
                {"output_type": "display_data", "data": {"text/plain": 7}, "transient": {}},
            ],
        },
        {"cell_type": "markdown", "source": "d", "attachments": {"a.png": 7}},
        {"cell_type": "heading", "source": "e"},
        metadata=[],
        nbformat="four",
        nbformat_minor=None,
    )
    found = check(odd)
    assert [cell.source for cell in found.cells] == ["", "", "ab", "c", "d", "e"]
    assert [cell.cell_type for cell in found.cells] == ["raw", "code", "code", "code", "markdown", "markdown"]
    assert [output.output_type for output in found.cells[3].outputs] == ["stream", "execute_result", "display_data"]


def test_old_nbgrader_metadata_becomes_schema_3():
    def given(**meta) -> dict:
        return {"cell_type": "code", "source": "", "outputs": [], "metadata": {"nbgrader": meta}}

    found = check(
        cells(
            given(schema_version=1, grade=True, solution=False, locked=True, grade_id="a", points=2, checksum="0"),
            given(schema_version=2, grade=False, solution=True, locked=False, grade_id="b", cell_type="code"),
            given(grade=True, grade_id="c", points="2", solution=False),
            given(schema_version="two", grade_id="d", grade=True, points={}),
            given(schema_version=9, grade=False, solution=True, locked=False, grade_id="e", new=1),
            given(schema_version=0),
        )
    )
    metas = [cell.metadata.get("nbgrader") for cell in found.cells]
    assert [meta and meta.schema_version for meta in metas] == [3, 3, 3, 3, 3, None]
    assert [meta.grade_id for meta in metas[:5]] == list("abcde")
    assert metas[0].cell_type == "code" and metas[0].points == 2 and metas[2].points == 2.0 and "new" not in metas[4]


@pytest.mark.parametrize(
    "data, got",
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \n", "an empty file"),
        (b"<!DOCTYPE html>", "web page"),
        (b"[]", "JSON list"),
        (b"3", "JSON int"),
        (b'{"a": 1}', "without a list of cells"),
        (b'{"cells": {}}', "without a list of cells"),
        (b'{"cells": [', "ends in the middle"),
        (b'{"cells": ["abc', "ends in the middle"),
        (b"import numpy", "no JSON"),
        (b"[" * 100_000, "too deep"),
        (b'{"cells":' * 50_000, "too deep"),
        (b"\xff\xfe\xfd", ""),
        (b"PK\x03\x04", ""),
        (b'{"nbformat": 3, "worksheets": 3}', "without"),
        (b'{"nbformat": 2, "worksheets": [{"cells": [3]}]}', ""),
    ],
)
def test_what_is_no_notebook_says_so(data, got):
    with pytest.raises(CourseError, match=rf"ada\.ipynb: got .*{got}.*expected a Jupyter notebook.*Try: "):
        read_notebook(data, name="ada.ipynb")


def test_deep_but_readable_is_cut_off():
    deep: list = []
    for _ in range(300):
        deep = [deep]
    assert check(cells({"cell_type": "code", "source": "a", "metadata": {"deep": deep}})).cells[0].source == "a"


VALUES = [
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    "",
    "x",
    "\ud800",
    [],
    [[]],
    {},
    {"a": []},
    ["x"],
    [None],
    {"cell_type": "code"},
    10**400,
]


def mutate(value, rng: random.Random):
    """The same JSON with one value somewhere swapped for another type, removed, or renamed."""
    spots = []

    def walk(node):
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            spots.append((node, key))
            if isinstance(node[key], dict | list):
                walk(node[key])

    walk(value)
    for node, key in rng.sample(spots, min(len(spots), rng.choice((1, 3, 20)))):
        if isinstance(node, list) and key >= len(node):
            continue
        action = rng.randrange(4)
        if action == 0 and isinstance(node, dict):
            node.pop(key, None)
        elif action == 1 and isinstance(node, dict):
            node[rng.choice(["_allownew", "__class__", "id", "keys", "\udfff", "nbformat"])] = rng.choice(VALUES)
        else:
            node[key] = copy.deepcopy(rng.choice(VALUES))
    return value


def survives(data: bytes) -> bool:
    """Read damaged bytes: a valid notebook that can be written, or a CourseError; anything else fails the test."""
    try:
        found = read_notebook(data)
    except CourseError:
        return False
    nbformat.validate(copy.deepcopy(found))
    nbformat.writes(found).encode()
    return True


def test_fuzz_types_swapped():
    rng = random.Random(1)
    release = json.loads(RELEASE.read_text())
    release["cells"] = release["cells"][:8]
    release["cells"][0]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["a"]},
        {"output_type": "display_data", "data": {"text/plain": "1", "application/json": {"a": 1}}, "metadata": {}},
    ]
    three = json.loads(nbformat.v3.writes_json(nbformat.convert(nbformat.from_dict(copy.deepcopy(release)), 3)))
    read_well = [
        survives(json.dumps(mutate(copy.deepcopy(raw), rng)).encode()) for raw in (release, three) for _ in range(250)
    ]
    assert sum(read_well) > 300


def test_fuzz_bytes_flipped_and_cut():
    rng = random.Random(2)
    whole = RELEASE.read_bytes()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 10, 1000))):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b'"{}[],:\\'))
        survives(bytes(data))
    marks = [place_ for place_, byte in enumerate(whole) if chr(byte) in string.punctuation]
    for end in rng.sample(marks, 150):
        assert not survives(whole[:end])
        survives(whole[end:])
    for _ in range(50):
        survives(rng.randbytes(rng.randrange(200)))
        survives(zlib.compress(whole)[: rng.randrange(200)])
