"""Make the project's own Python environment from a lock file; standard library only.

Owns `.venv`. Safe to interrupt and to run twice at once: the folder counts as whole only when its stamp says so,
and a lock lets one caller work while the others wait.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".unfinished"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}


def main(kind: str) -> int:
    if is_ready(kind):
        return 0
    with open(LOCKS[kind]) as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        if is_ready(kind):
            return 0
        return make(kind)


def is_ready(kind: str) -> bool:
    """The stamp of this kind, or of the larger one, fits the lock file, and the Python it was made with is there."""
    if UNFINISHED.exists() or not os.access(PYTHON, os.X_OK):
        return False
    kinds = ("run", "dev") if kind == "run" else ("dev",)
    return any(read(stamp_path(each)) == stamp(each) for each in kinds)


def stamp_path(kind: str) -> Path:
    return VENV / f".ready-{kind}"


def stamp(kind: str) -> str:
    """What the environment was made from: the lock file and where it stands (scripts inside carry that path)."""
    digest = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    return f"{digest} {VENV}\n"


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def make(kind: str) -> int:
    started = time.monotonic()
    say("准备运行环境（首次约需一两分钟，之后直接使用）…")
    if not create_venv():
        return 1
    UNFINISHED.touch()
    if not install(LOCKS[kind]):
        return 1
    link_project()
    UNFINISHED.unlink()
    stamp_path(kind).write_text(stamp(kind), encoding="utf-8")
    say(f"运行环境已就绪，用时 {time.monotonic() - started:.0f} 秒。")
    return 0


def create_venv() -> bool:
    """Keep an environment that was finished once and still runs; else make it from nothing."""
    if not UNFINISHED.exists() and pip("--version", quiet=True) == 0:
        return True
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        say(done.stdout.strip())
        say("建立环境失败。若提示缺少 ensurepip,请先安装 python3-venv(例如 apt-get install python3-venv)。")
    return done.returncode == 0


def install(lock: Path) -> bool:
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    if pip("install", "--require-hashes", "--no-deps", "--requirement", str(lock), total=total) == 0:
        return True
    say("安装软件包失败。请检查网络后重新运行同一命令，会从头接着装。")
    return False


def pip(*arguments: str, total: int = 0, quiet: bool = False) -> int:
    """Run the environment's pip; count the packages as they come, keep its words for the case that it fails."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    except OSError:
        return 1
    assert process.stdout is not None
    words: list[str] = []
    seen = 0
    for line in process.stdout:
        words.append(line)
        if line.startswith("Collecting "):
            seen += 1
            if seen % 10 == 0:
                say(f"  已取得软件包 {seen}/{total} …")
        elif line.startswith("Installing "):
            say("  正在安装 …")
    status = process.wait()
    if status and not quiet:
        say("".join(words[-15:]).strip())
    return status


def link_project() -> None:
    """Let the environment import the project from its source folder: what an editable install does, without a build."""
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    folder = subprocess.run([str(PYTHON), "-c", query], capture_output=True, text=True, check=True).stdout.strip()
    Path(folder, "guiyan-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        say("已中断。重新运行同一命令即可继续。")
        sys.exit(1)
