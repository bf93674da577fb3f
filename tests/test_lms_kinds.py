"""Zips as LMSs and systems write them, names in every script, times in every form: each student gets their own work."""

import copy
import json
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from rnnshapes.errors import CourseError
from rnnshapes.grading.ingest import Roster, read_submissions
from rnnshapes.grading.ingest.names import name_key, plain_key, safe_login
from rnnshapes.grading.ingest.times import date_order, parse_time

RELEASE = Path(__file__).parent.parent / "release" / "01_rnn_shapes" / "rnn_shapes.ipynb"
LESSON, NAME = "01_rnn_shapes", "rnn_shapes"
BLANK = json.loads(RELEASE.read_text("utf-8"))


def work(tag):
    """The release with one answer in it, which says whose it is."""
    made = copy.deepcopy(BLANK)
    cell = next(cell for cell in made["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))
    cell["source"] = f"# {tag}"
    return json.dumps(made)


def take(tmp_path, files, *, roster=None, **options):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if isinstance(roster, str):
        (tmp_path / "roster.csv").write_text(roster, "utf-8")
        roster = tmp_path / "roster.csv"
    return read_submissions(tmp_path / "class.zip", assignment=LESSON, notebooks=[NAME], roster=roster, **options)


def tags(intake):
    """{login: whose answer it is}"""
    found = {}
    for one in intake.submissions:
        cells = json.loads(one.notebooks[NAME])["cells"]
        answer = next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution"))
        found[one.login] = "".join(answer["source"]).removeprefix("# ")
    return found


def remarks(intake, login):
    return next(one.remarks for one in intake.submissions if one.login == login)


# ---- zips of each LMS

TEAMS = {
    "Submitted files/Ada Lovelace/01 RNN/Version 9/rnn_shapes.ipynb": work("nine"),
    "Submitted files/Ada Lovelace/01 RNN/Version 10/rnn_shapes.ipynb": work("ten"),
    "Submitted files/Ben Ito/01 RNN/Version 1/rnn_shapes.ipynb": work("ben"),
}
BRIGHTSPACE = {
    "12345-678 - Ada Lovelace - Nov 9, 2026 905 AM/rnn_shapes.ipynb": work("morning"),
    "12345-678 - Ada Lovelace - Nov 9, 2026 1159 PM/rnn_shapes.ipynb": work("night"),
    "12346-678 - วิชัย ทองดี - 9 พ.ย. 2569 23:59/rnn_shapes.ipynb": work("wichai"),
    "index.html": "<html>",
}
BLACKBOARD = {
    "01 RNN_ada_attempt_2026-11-30-23-59-00_rnn_shapes.ipynb": work("first"),
    "01 RNN_ada_attempt_2026-11-30-23-59-00.txt": "Name: Ada Lovelace (ada)",
    "01 RNN_ada_attempt_2026-12-01-23-59-00_rnn_shapes.ipynb": work("second"),
    "01 RNN_ben_ito_attempt_2026-11-30-10-59-00_rnn_shapes.ipynb": work("ben"),
}


@pytest.mark.parametrize("slash", ["/", "\\"], ids=["zip", "powershell"])
def test_teams_version_ten_is_after_nine(tmp_path, slash):
    intake = take(tmp_path, {name.replace("/", slash): data for name, data in TEAMS.items()})
    assert tags(intake) == {"ada_lovelace": "ten", "ben_ito": "ben"} and not intake.refused


def test_brightspace_folders_and_flat_with_times_of_two_languages(tmp_path):
    for files in (BRIGHTSPACE, {name.replace("/", " - "): data for name, data in BRIGHTSPACE.items()}):
        intake = take(tmp_path, files)
        assert tags(intake) == {"ada_lovelace": "night", "วิชัย_ทองดี": "wichai"} and not intake.refused
        assert {one.timestamp for one in intake.submissions} == {"2026-11-09 23:59:00 UTC"}
    people = "OrgDefinedId,Username,Last Name,First Name\n#1,#ada,Lovelace,Ada\n#2,#wichai,ทองดี,วิชัย\n"
    assert tags(take(tmp_path, BRIGHTSPACE, roster=people)) == {"ada": "night", "wichai": "wichai"}


def test_blackboard_with_and_without_a_roster(tmp_path):
    assert tags(take(tmp_path, BLACKBOARD)) == {"ada": "second", "ben_ito": "ben"}
    people = '"Last Name","First Name","Username","Student ID"\nLovelace,Ada,ada,1\nIto,Ben,ben_ito,2\n'
    files = {f"gradebook_CS_101_{name}": data for name, data in BLACKBOARD.items()}
    assert tags(take(tmp_path, files, roster=people)) == {"ada": "second", "ben_ito": "ben"}


def test_google_classrooms_copies(tmp_path):
    files = {"Ada Lovelace - rnn_shapes.ipynb": work("ada"), "Ben Ito - rnn_shapes.ipynb": work("ben")}
    assert tags(take(tmp_path, files)) == {"ada_lovelace": "ada", "ben_ito": "ben"}


def test_backslashes_never_lead_out_of_a_folder(tmp_path):
    intake = take(tmp_path, {"ada\\..\\..\\rnn_shapes.ipynb": work("out"), "ben\\rnn_shapes.ipynb": work("ben")})
    assert tags(intake) == {"ben": "ben"} and "leads out" in intake.refused[0].reason


def test_folders_of_a_powershell_zip_are_no_files(tmp_path):
    assert tags(take(tmp_path, {"ada\\": b"", "ada\\rnn_shapes.ipynb": work("ada")})) == {"ada": "ada"}


# ---- rosters


def test_canvas_with_semicolons_and_lines_without_a_login(tmp_path):
    people = (
        "Student;ID;SIS User ID;SIS Login ID;Section;RNN (7)\n    Points Possible;;;;;12\n"
        '"Lovelace, Ada";4001;s1;;A;\n"Ito, Ben";4002;s2;ben;A;\n"Lovelace, Ada";4003;s3;;A;\n"Kim, Min";4004;;;A;\n'
    )
    files = {
        "lovelaceada_4001_9_rnn_shapes.ipynb": work("one"),
        "itoben_LATE_4002_10_rnn_shapes.ipynb": work("ben"),
        "lovelaceada_4003_11_rnn_shapes.ipynb": work("three"),
    }
    intake = take(tmp_path, files, roster=people)
    assert tags(intake) == {"lovelaceada_4001": "one", "ben": "ben", "lovelaceada_4003": "three"}
    assert intake.missing == ["kimmin"]


@pytest.mark.parametrize("encoding, mark", [("utf-16", "\t"), ("utf-8-sig", ";"), ("utf-8", ",")])
def test_rosters_as_spreadsheets_save_them(tmp_path, encoding, mark):
    lines = [["id", "first_name", "last_name"], ["ada", "Ada", "Lovelace"], ["zoe", "Zoë", "O’Brien"]]
    (tmp_path / "r.csv").write_text("\n".join(mark.join(line) for line in lines), encoding)
    assert Roster.read(tmp_path / "r.csv").find(name="o'brien zoë") == "zoe"


# ---- names of all people

PAIRS = [
    ("กุ้ง ดี", "กู้ง ดี"),
    ("कमल शर्मा", "कमला शर्मा"),
    ("கமல்", "கமலா"),
    ("王小明", "王小民"),
    ("Zoë", "Zoe"),
    ("علي", "على"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=[one for one, _ in PAIRS])
def test_two_who_differ_in_one_sign_stay_two(tmp_path, pair):
    loose = take(tmp_path, {f"{name}.ipynb": work(name) for name in pair})
    assert len(loose.submissions) == 2 and set(tags(loose).values()) == set(pair)
    people = "id,first_name,last_name\n" + "".join(f"{number},{name},\n" for number, name in enumerate(pair))
    for form in ("NFC", "NFD"):
        files = {f"{unicodedata.normalize(form, name)}.ipynb": work(name) for name in pair}
        assert tags(take(tmp_path, files, roster=people)) == dict(zip("01", pair, strict=True))


@pytest.mark.parametrize(
    "name", ["วิชัย ทองดี", "प्रिया शर्मा", "சுந்தர்", "محمد علي", "王 小明", "Nguyễn Thị Ánh", "ʻOkina Kai"]
)
def test_canvas_names_in_every_script_are_found_by_id_and_by_name(tmp_path, name):
    last, _, first = name.partition(" ")
    people = f'Student,ID,SIS Login ID,Section\n"{last}, {first}",4001,one,A\n"Lovelace, Ada",4002,ada,A\n'
    written = name_key(last + first)  # what Ruby's [[:word:]] keeps
    files = {f"{written}_4001_9_rnn_shapes.ipynb": work("one"), "lovelaceada_4002_8_rnn_shapes.ipynb": work("ada")}
    intake = take(tmp_path, files, roster=people)
    assert tags(intake) == {"one": "one", "ada": "ada"} and all(not one.remarks for one in intake.submissions)
    assert tags(take(tmp_path, files, roster=people.replace("4001", "").replace("4002", ""))) == tags(intake)
    assert set(tags(take(tmp_path, files)).values()) == {"one", "ada"}
    assert "9" not in "".join(tags(take(tmp_path, files)))


def test_one_odd_name_changes_nothing_for_the_others(tmp_path):
    people = 'Student,ID,SIS Login ID,Section\n"Lovelace, Ada",4001,ada,A\n"Ito, Ben",4002,ben,A\n'
    files = {"lovelaceada_4001_9_rnn_shapes.ipynb": work("ada"), "itoben_4002_8_rnn_shapes.ipynb": work("ben")}
    odd = {"¿?.ipynb": "{}", "a/b/c.ipynb": "{}", "x.ipynb": "{}"}
    assert tags(take(tmp_path, files | odd, roster=people)) == {"ada": "ada", "ben": "ben"}


def test_names_are_compared_by_all_their_letters():
    assert name_key("o\u0308") == name_key("ö") and name_key("O’Brien") == name_key("OʼBrien") == name_key("o'brien")
    assert plain_key("Zoë") == plain_key("ZOE") and plain_key("กุ้ง") != plain_key("กู้ง")
    assert safe_login("สมชาย") == "สมชาย" and safe_login("क\u200dष").isprintable()
    assert len(safe_login("ส" * 500).encode()) <= 180


# ---- whose number it is

MOODLE = "Identifier,Full name,Email address\nParticipant 57,Ada Lovelace,ada@u.e\nParticipant 58,Ben Ito,ben@u.e\n"


def moodle(name, number):
    return f"{name}_{number}_assignsubmission_file/rnn_shapes.ipynb"


def test_a_teams_number_is_nobodys(tmp_path):
    intake = take(tmp_path, {moodle("Team 3", 57): work("t"), moodle("Ben Ito", 58): work("ben")}, roster=MOODLE)
    assert tags(intake) == {"ben": "ben"} and intake.missing == ["ada"]
    assert "Team 3" in intake.unmatched[0].sentence and "Ada Lovelace" in intake.unmatched[0].sentence
    files = {moodle("Team 3-Ada Lovelace", 57): work("ada"), moodle("Team 3-Ben Ito", 58): work("ben")}
    assert tags(take(tmp_path, files, roster=MOODLE)) == {"ada": "ada", "ben": "ben"}


def test_numbers_of_another_assignments_worksheet_move_nobodys_work(tmp_path):
    files = {moodle("Ada Lovelace", 58): work("ada"), moodle("Ben Ito", 57): work("ben")}
    assert tags(take(tmp_path, files, roster=MOODLE)) == {"ada": "ada", "ben": "ben"}


def test_participants_without_names(tmp_path):
    files = {moodle("Participant 57", 57): work("ada"), moodle("Participant 58", 58): work("ben")}
    assert tags(take(tmp_path, files, roster=MOODLE)) == {"ada": "ada", "ben": "ben"}


def test_canvas_group_is_told(tmp_path):
    people = 'Student,ID,SIS Login ID,Section\n"Lovelace, Ada",4003,ada,A\n"Ito, Ben",4004,ben,A\n'
    intake = take(tmp_path, {"team3_4003_903_rnn_shapes.ipynb": work("team")}, roster=people)
    assert tags(intake) == {"ada": "team"} and "team3" in remarks(intake, "ada")[0]


# ---- which notebook counts


@pytest.mark.parametrize("files", [
    {"ada/rnn_shapes.ipynb": "blank", "ada/rnn_shapes (1).ipynb": "work"},
    {"ada/rnn_shapes (1).ipynb": "blank", "ada/rnn_shapes.ipynb": "work"},
    {"lovelaceada_1_11_rnn_shapes.ipynb": "blank", "lovelaceada_1_9_rnn_shapes (1).ipynb": "work"},
    {"lovelaceada_1_11_rnn_shapes.ipynb": "blank", "lovelaceada_1_9_rnn_shapes.ipynb": "work"},
    {moodle("Ada L", 5): "blank", moodle("Ada L", 5).replace("file/", "file/again/"): "work"},
])  # fmt: skip
def test_a_copy_with_work_beats_an_untouched_one(tmp_path, files):
    intake = take(
        tmp_path, {name: work("work") if what == "work" else json.dumps(BLANK) for name, what in files.items()}
    )
    assert list(tags(intake).values()) == ["work"]


def test_where_a_time_cannot_be_read_the_order_is_said_to_be_unknown(tmp_path):
    pattern = [r"(?P<name>[^_]+)_(?P<timestamp>[^_]+)_(?P<file>.*)"]
    files = {"ada_soonish_rnn_shapes.ipynb": work("1"), "ada_laterish_rnn_shapes.ipynb": work("2")}
    intake = take(tmp_path, files, patterns=pattern)
    said = " ".join(remarks(intake, "ada"))
    assert "order is unknown" in said and "could not be read" in said and "latest" not in said
    assert f"{'ada_soonish' if tags(intake)['ada'] == '1' else 'ada_laterish'}_rnn_shapes.ipynb” was taken" in said
    assert intake.submissions[0].timestamp == ""


def test_the_classs_other_dates_tell_whether_the_day_is_first(tmp_path):
    pattern = [r"(?P<name>[^_]+)_(?P<timestamp>[^_]+)_(?P<file>.*)"]
    files = {"ada_2-3-2026 9.05_rnn_shapes.ipynb": work("a"), "ben_28-3-2026 9.05_rnn_shapes.ipynb": work("b")}
    times = {one.login: one.timestamp for one in take(tmp_path, files, patterns=pattern).submissions}
    assert times == {"ada": "2026-03-02 09:05:00 UTC", "ben": "2026-03-28 09:05:00 UTC"}
    alone = take(tmp_path, {"ada_2-3-2026 9.05_rnn_shapes.ipynb": work("a")}, patterns=pattern)
    assert "02 March 2026" in remarks(alone, "ada")[0]


def test_a_wrong_folder_under_submitted_is_named(tmp_path):
    for place in (f"ada/{LESSON}", "ben/01_rnn_shape", "cleo", f"dora/{LESSON.upper()}", f"{LESSON}/eve"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / f"{NAME}.ipynb").write_text(work(place), "utf-8")
    intake = read_submissions(tmp_path, assignment=LESSON, notebooks=[NAME])
    assert set(tags(intake)) == {"ada"}
    assert [one.where for one in intake.unmatched] == [
        LESSON,
        "ben/01_rnn_shape",
        f"cleo/{NAME}.ipynb",
        f"dora/{LESSON.upper()}",
    ]
    assert all(LESSON in one.sentence for one in intake.unmatched)


# ---- times

NIGHT, AFTERNOON = datetime(2026, 11, 30, 23, 59), datetime(2026, 3, 1, 15, 5)
TIMES = {
    NIGHT: """2026-11-30T23:59:00Z|20261130T235900Z|20261130235900|1796083140|1796083140000|Nov 30, 2026 1159 PM
        30 nov. 2026 23:59|30 nov. 2026 2359|٣٠/١١/٢٠٢٦ ١١:٥٩ م|30 نوفمبر 2026 11:59 م|2026. 11. 30. 오후 11:59
        2026/11/30 午後11:59|30/11/2026 11:59 p. m.|30/11/2026, 11:59:00 μ.μ.|30 พ.ย. 2569 23:59
        30 नव॰ 2026, 11:59 अपराह्न|30 Kasım 2026 23:59|30 ноября 2026 г. в 23:59|30 листопада 2026 р., 23:59
        11/30/26, 11:59\u202fPM|2026-11-30 23.59.00|30-11-2026_23-59|2026_11_30_23_59_00|30/11/2026 11:59 CH
        Mon, 30 Nov 2026 23:59:00 GMT|2026-12-01T01:59:00+02:00|2026-11-30 at 11.59.00 PM|30.11.2026 kl. 23.59""",
    AFTERNOON: """1. März 2026, 15:05|am 1. März 2026 um 15:05 Uhr|dimanche 1 mars 2026 à 15:05|2026年3月1日 下午3:05
        domingo, 1 de marzo de 2026 15:05|1 marzo 2026 15:05|2026. 03. 01. du. 3:05|1.3.2026 klo 15.05
        2026-03-01 16:05:00 Europe/Berlin|2026-03-01-15-05-00|Sunday, March 1, 2026 3:05:00 PM
        1 मार्च 2026 को 3:05 pm""",
}  # fmt: skip


@pytest.mark.parametrize(
    "text, time",
    [(text.strip(), time) for time, texts in TIMES.items() for line in texts.split("\n") for text in line.split("|")],
)
def test_times_in_any_form(text, time):
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "yesterday",
        "10:00",
        "2026",
        "March 2026",
        "",
        "x" * 10**6,
        "9" * 99,
        "2026-13-45 10:00",
        "30 Nov 2026 11:59 XYZ",
    ],
)
def test_what_is_no_whole_time_is_none(text):
    assert parse_time(text) is None


def test_which_part_of_a_date_is_first():
    assert date_order(["3/4/2026", "14/3/2026"]) is True and date_order(["3/14/2026"]) is False
    assert date_order(["14/3/2026", "3/14/2026"]) is None


# ---- what cannot be read


def test_a_folder_that_cannot_be_opened_is_named(tmp_path, monkeypatch):
    """As root everything can be opened, so the refusal is played."""
    import os

    for place in ("ada", "ben/locked"):
        (tmp_path / "class" / place).mkdir(parents=True)
    for place in ("ada", "ben"):
        (tmp_path / "class" / place / f"{NAME}.ipynb").write_text(work(place), "utf-8")
    real = os.scandir

    def scandir(path):
        if str(path).endswith(refused):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    refused = "locked"
    intake = read_submissions(tmp_path / "class", assignment=LESSON, notebooks=[NAME])
    assert tags(intake) == {"ada": "ada", "ben": "ben"}
    assert "locked" in remarks(intake, "ben")[0] and "Permission denied" in remarks(intake, "ben")[0]
    refused = "class"
    with pytest.raises(CourseError, match="Permission denied"):
        read_submissions(tmp_path / "class", assignment=LESSON, notebooks=[NAME])
