"""Draw attestations at random, make their files, and have them checked by pdfsig and by the register.

    HOCVU_DATA=var python benchmarks/attestation_files.py [COUNT]

Prints the time per file and how many were found intact; a copy with one byte changed must be refused each time.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def main(count: int) -> int:
    """Check ``count`` files; return how many failed."""
    import django

    django.setup()
    from hocvu.attestations.api import attestation_pdf, verify_file
    from hocvu.attestations.models import Attestation

    ids = list(Attestation.objects.filter(state="issued").values_list("pk", flat=True))
    draw = random.Random(7)
    failed, seconds = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "attestation.pdf"
        for pk in draw.sample(ids, min(count, len(ids))):
            start = time.perf_counter()
            content = attestation_pdf(Attestation.objects.get(pk=pk))
            seconds += time.perf_counter() - start
            path.write_bytes(content)
            told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
            changed = bytearray(content)
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
            good = "Signature is Valid" in told and verify_file(content).valid and not verify_file(bytes(changed)).valid
            failed += not good
    print(
        f"{count} files: {count - failed} intact and every changed copy refused; {1000 * seconds / count:.0f} ms each"
    )
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
