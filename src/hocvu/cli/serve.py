"""Serve this installation; an empty one opens with a page that starts it."""

import argparse
import os
import subprocess
import sys

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--data", help="folder of the installation (default: var)")


def run(options: argparse.Namespace) -> int:
    """Set up and serve until interrupted."""
    setup.use_data(options.data)
    setup.prepare()
    return serve(host=options.host, port=options.port, workers=options.workers)


def serve(*, host: str, port: int, workers: int) -> int:
    """Start the server and one worker for background jobs; end both together."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "hocvu.cli", "manage", "work"], env=os.environ, start_new_session=True
    )
    print(f"hocvu: http://{host}:{port}/  (Ctrl+C ends it)", flush=True)
    try:
        server = subprocess.run(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
                "--workers", str(workers), "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
                "--respawn-failed-workers", "config.wsgi:application",
            ],
            check=False,
        )  # fmt: skip
        return server.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        worker.terminate()
        worker.wait(timeout=20)
