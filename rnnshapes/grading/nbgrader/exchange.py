"""nbgrader's `submit` and `release_feedback`, for an exchange that a class can write to; `collect.py` has `collect`."""

from __future__ import annotations

import glob
import os
import secrets

from nbgrader.exchange.default import ExchangeReleaseFeedback, ExchangeSubmit


class Submit(ExchangeSubmit):
    """Submit into a folder that only the student and the instructor's group can open.

    nbgrader leaves it open to all accounts, to read and to change, and counts on nobody finding out its name. The group
    comes from `inbound`, whose setgid bit gives its own to every folder in it; without that bit all stays as it was.
    Source: nbgrader, "ExchangeSubmit", whose options all apply.
    """

    def copy_files(self) -> None:
        super().copy_files()
        folder = os.path.join(self.inbound_path, self.assignment_filename)
        if os.stat(folder).st_gid != os.getegid():
            os.chmod(folder, 0o770)


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Release the feedback of everybody, also where a notebook did not come through the exchange.

    A page is released under a name that is made from the secret which `nbgrader submit` wrote. What came from an LMS or
    by hand has none, and nbgrader would end there, before the others. It gets a secret of its own: nobody can fetch it.
    Source: nbgrader, "ExchangeReleaseFeedback", whose options all apply.
    """

    def copy_files(self) -> None:
        for folder in glob.glob(self.src_path):
            for name, without in {"timestamp.txt": "", "submission_secret.txt": secrets.token_hex(64)}.items():
                path = os.path.join(folder, name)
                if not os.path.exists(path):
                    with open(path, "w", encoding="ascii") as file:
                        file.write(without)
        super().copy_files()
