"""A server of its own for the tests of hub/: real accounts and real files that are gone when the test ends.

Everything happens in private mount and process namespaces. Their /etc is a copy, their /home and /srv are empty, so
`useradd` and `mkdir` there change nothing on this machine; and all processes end with the first one.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAMS = ("unshare", "nsenter", "setpriv", "useradd", "runuser", "node", "configurable-http-proxy")


def unavailable() -> str:
    """Return why no hub can be tested on this machine, or ""."""
    if os.geteuid():
        return "only root can make accounts and start servers for them"
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    return f"missing for JupyterHub: {', '.join(missing)}" if missing else ""


class Server:
    """A machine with the course's environment on it. `run` runs a command as root, `run_as` as somebody else."""

    def __init__(self, first: int) -> None:
        self._enter = ["nsenter", f"--target={first}", "--mount", "--pid", "--"]
        path = os.pathsep.join([f"{sys.prefix}/bin", "/usr/local/sbin:/usr/sbin:/sbin", os.environ["PATH"]])
        # As on a fresh server: nothing of the caller's settings, but the package of this clone.
        self.environment = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": "/root", "LANG": "C.UTF-8"}

    def start(self, *command: str, cwd: str = "/", **more) -> subprocess.Popen:
        return subprocess.Popen(
            [*self._enter, "env", f"--chdir={cwd}", *command], env=self.environment, text=True, **more
        )

    def run(self, *command: str, check: bool = True, cwd: str = "/") -> subprocess.CompletedProcess:
        process = self.start(
            *command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
        )
        out, err = process.communicate(timeout=500)
        assert not check or process.returncode == 0, f"{shlex.join(command)}:\n{out}\n{err}"
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def run_as(self, login: str, *command: str, check: bool = True, cwd: str = "") -> subprocess.CompletedProcess:
        """Run a command with that account's rights alone."""
        home = f"/home/{login}"
        return self.run(
            "runuser", f"--user={login}", "--", "env", f"HOME={home}", *command, check=check, cwd=cwd or home
        )


@contextmanager
def a_server():
    """Start the namespaces, with this environment readable to every account in them; give a Server."""
    script = "\n".join(["set -e", *_mounts(), "echo ready", "exec sleep infinity"])
    isolate = ["unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--mount-proc"]
    first = subprocess.Popen(
        ["setpriv", "--pdeathsig=KILL", *isolate, "sh", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = first.stdout.readline()
        assert said == "ready\n", said + first.stdout.read()
        children = Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split()
        yield Server(int(children[0]))
    finally:
        first.kill()
        first.wait(30)


def _mounts() -> list[str]:
    """Return the commands that lay a server's folders over this machine's."""
    lines = [
        "mount -t tmpfs -o mode=755 tmpfs /mnt",
        "mkdir /mnt/etc && cp -a /etc/. /mnt/etc",
        "mount --bind /mnt/etc /etc",
    ]
    lines += [f"mount -t tmpfs -o mode=755 tmpfs {folder}" for folder in ("/home", "/srv") if os.path.isdir(folder)]
    needed = [Path(folder).resolve() for folder in (sys.base_prefix, sys.prefix, ROOT)]
    covers = sorted({cover for folder in needed if (cover := _closed_above(folder))})
    for number, folder in enumerate(needed):
        lines += [f"mkdir /mnt/{number} && mount --rbind {shlex.quote(str(folder))} /mnt/{number}"]
    lines += [f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(cover))}" for cover in covers]
    for number, folder in enumerate(needed):
        place = shlex.quote(str(folder))
        lines += [f"mkdir -p {place} && mount --rbind /mnt/{number} {place}"] if _closed_above(folder) else []
    return lines


def _closed_above(folder: Path) -> Path | None:
    """Return the topmost folder on the way that others may not pass (such as /root), or None."""
    return next((each for each in reversed([folder, *folder.parents]) if not each.stat().st_mode & 0o001), None)


def steps(page: Path) -> dict[int, str]:
    """Return the commands of a page's numbered sections, "## 4. Settings" and the like."""
    found = re.finditer(r"^## (\d+)\. [^\n]*\n(.*?)(?=^## |\Z)", page.read_text(encoding="utf-8"), re.S | re.M)
    return {int(part[1]): "".join(re.findall(r"^```sh\n(.*?)^```$", part[2], re.S | re.M)) for part in found}


@contextmanager
def a_hub(server: Server, *, log: Path):
    """Start JupyterHub with the settings of /etc/jupyterhub, on free ports; give its address."""
    server.run("install", "--directory", "--mode=0700", "/srv/jupyterhub")
    public, api, hub = _free_ports(3)
    address = f"http://127.0.0.1:{public}"
    command = ["jupyterhub", "--config=/etc/jupyterhub/jupyterhub_config.py", f"--JupyterHub.bind_url={address}"]
    command += [f"--JupyterHub.hub_port={hub}", f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api}"]
    with open(log, "w") as file:
        process = server.start(*command, cwd="/srv/jupyterhub", stdout=file, stderr=file)
        try:
            _wait(f"{address}/hub/login", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"JupyterHub did not start:\n{log.read_text()[-3000:]}")
