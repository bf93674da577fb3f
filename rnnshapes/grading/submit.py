"""nbgrader's `submit`, for an exchange that a whole class can write to."""

from __future__ import annotations

import os

from nbgrader.exchange.default import ExchangeSubmit


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
