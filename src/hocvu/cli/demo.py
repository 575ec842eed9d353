"""Play the campaign of Binh Dinh, June 2025, up to a stage, and open it in the browser.

Stages: plan (07/06 09:00), enrol (09/06 14:00), teach (18/06 08:10), test (20/06 15:40), done (30/06 16:00),
followup (24/09). A second start keeps the data and takes seconds.
"""

import argparse
import os
import resource
import sys
import time

from . import setup
from .serve import serve

NAMES = ("plan", "enrol", "teach", "test", "done", "followup")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how much to play and where."""
    parser.add_argument("--stage", choices=NAMES, help="how far to play (default: teach, or where it stands)")
    parser.add_argument("--scale", type=float, help="share of the 34,675 people, 0.01 to 1 (default: 1)")
    parser.add_argument("--seed", type=int, default=2025, help="another seed gives other people")
    parser.add_argument("--data", help="folder of the demo (default: var)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="play only")


def run(options: argparse.Namespace) -> int:
    """Play to the stage, then serve."""
    if options.scale is not None and not 0.01 <= options.scale <= 1:
        print("--scale is a share between 0.01 and 1, for example 0.02.", file=sys.stderr)
        return 2
    os.environ["HOCVU_DEMO"] = "1"
    setup.use_data(options.data)
    setup.prepare()
    code = play(options)
    if code or options.no_serve:
        return code
    return serve(host="127.0.0.1", port=options.port, workers=2)


def play(options: argparse.Namespace) -> int:
    """Play the scenes that are still missing, with a bar; tell the time and memory it took."""
    from hocvu.kernel.errors import Refused
    from hocvu.rehearsal.api import begin, current_stage, play_to_stage, resume_clock
    from hocvu.ui.refusals import sentence

    from .progress import Bar

    start = time.monotonic()
    there = current_stage()
    scale = options.scale if options.scale is not None else (there.scale if there else 1.0)
    try:
        stage = begin(scale=scale, seed=options.seed if there is None else there.seed)
        wanted = options.stage or stage.name or "teach"
        with Bar() as bar:
            play_to_stage(stage, wanted, bar.show)
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    resume_clock(stage)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"demo: stage {stage.name}, scale {stage.scale:g}: ready in {time.monotonic() - start:.0f} s, {peak:.0f} MiB")
    return 0
