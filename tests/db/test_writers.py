"""Web server and worker write to one SQLite file at the same time, for long."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from giftshop.db import Database
from giftshop.jobs.models import Job
from tests.db.writer import THREADS
from tests.torture import figure

ROOT = Path(__file__).parents[2]
PROGRAMS = 2


@pytest.mark.torture
@pytest.mark.parametrize("fresh_database_url", ["sqlite"], indirect=True)
def test_eight_writers_in_two_programs_are_never_told_that_the_database_is_locked(
    database: Database, fresh_database_url: str
) -> None:
    times = figure(1500)
    command = [sys.executable, "-m", "tests.db.writer", fresh_database_url, str(times)]
    programs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(PROGRAMS)]
    for program in programs:
        said = program.communicate()[1]
        assert program.returncode == 0, said
    with database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Job)) == PROGRAMS * THREADS * times
        assert reader.scalar(text("PRAGMA integrity_check")) == "ok"
