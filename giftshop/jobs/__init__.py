"""Jobs: work to be done after a transaction, promised inside it.

The row is the truth. It is written in the transaction that needs the work, claimed under a lease by one
conditional UPDATE, and done at least once; a handler must therefore be repeatable. huey only carries ids, and
a sweep sends again whatever is due or whose worker died.
"""

from giftshop.jobs.engine import HueyEngine
from giftshop.jobs.models import Job, JobState, WorkerBeat
from giftshop.jobs.queries import failed_jobs, last_beat
from giftshop.jobs.runner import JobRun, Jobs
from giftshop.jobs.service import JobQueued, beat, enqueue, enqueue_all, enqueue_nightly, retry

__all__ = [
    "HueyEngine",
    "Job",
    "JobQueued",
    "JobRun",
    "JobState",
    "Jobs",
    "WorkerBeat",
    "beat",
    "enqueue",
    "enqueue_all",
    "enqueue_nightly",
    "failed_jobs",
    "last_beat",
    "retry",
]
