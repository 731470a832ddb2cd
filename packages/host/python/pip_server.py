"""Answers requests, a JSON object a line, with the interpreter's own pip: every setting of pip's holds.

Runs outside the sandbox, and therefore runs nothing of any package: it fetches files and unpacks wheels, no more.
Requests come on stdin, answers go to stdout, what pip says goes to stderr, and when it answers, there too a mark that the
request names. Needs Python 3.6 and pip 18.
"""
import base64
import functools
import glob
import hashlib
import itertools
import json
import os
import re
import sys
import tempfile
import zlib

HARMLESS = {"keyring", "lsb_release", "uname", "ldd"}  # pip asks them for passwords and about the system
FIRST_REQUEST = "PIW_FIRST_REQUEST"

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # pip prints to stdout; that belongs to the log


def main():
    import_pip()
    forbid_strange_redirects()
    forbid_long_sleeps()
    remember_user_agent()
    stamps = stamps_of_code()
    session = None
    first = os.environ.pop(FIRST_REQUEST, None)
    for line in itertools.chain([first] if first else [], sys.stdin):
        request = json.loads(line)
        try:
            if request["op"] == "open":
                if stamps_of_code() != stamps:
                    begin_again(line)
                if session:
                    session.close()
                session, answer = open_session(request)
            elif request["op"] == "get":
                answer = get(session, request)
            elif request["op"] == "download":
                answer = download(session, request)
            elif request["op"] == "venv":
                answer = make_venv(request)
            else:
                answer = install(request)
        except Exception as error:
            answer = {"error": type(error).__name__, "text": str(error)[:2000]}
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, ("\0%s\n" % request["mark"]).encode("ascii"))  # all that was said before belongs to this request
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    os._exit(0)  # there is nothing to clear away, which Python would take its time for


def stamps_of_code():
    """When pip and this Python were last changed: what is imported later must be of the same release."""
    import pip

    places = [sys.executable, os.__file__, pip.__file__, os.path.dirname(os.path.dirname(pip.__file__))]
    found = [os.stat(place) for place in places if os.path.isfile(place)]
    return [(stat.st_ino, stat.st_mtime) for stat in found]


def begin_again(line):
    """Becomes a server of what is installed now, whose first request is this one."""
    os.dup2(answers.fileno(), 1)
    os.environ[FIRST_REQUEST] = line  # it may hold a password, and arguments can be seen by all
    os.execv(sys.executable, [sys.executable, "-I", "-B", os.path.abspath(__file__)])


def import_pip():
    """pip, or the copy that venv would install (Debian's Python has no pip of its own)."""
    try:
        import pip  # noqa: F401
    except ImportError:
        import ensurepip
        import sysconfig

        places = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")]
        places += [sysconfig.get_config_var("WHEEL_PKG_DIR") or "/usr/share/python-wheels"]
        bundled = [wheel for place in places for wheel in glob.glob(os.path.join(place, "pip-*.whl"))]
        sys.path[:0] = bundled[:1]


def forbid_strange_redirects():
    """A server may send its client to another server, never to a file of this machine (pip's sessions know `file:`), nor
    from where nobody else can write to where anybody on the way can, unless pip is told to trust that host."""
    import pip._internal  # noqa: F401 -- requests of pip 18 imports it, and by that itself before it is there
    from pip._vendor.requests import Session
    from pip._vendor.requests.exceptions import InvalidSchema

    target_of = Session.get_redirect_target

    def proper_target_of(self, response):
        target = target_of(self, response)
        found = re.match(r"\s*([a-z][a-z0-9+.-]*):", target or "", re.IGNORECASE)
        scheme = found.group(1).lower() if found else None
        was_safe = response.url.lower().startswith("https:")
        is_safe = scheme in (None, "https") or (scheme == "http" and (not was_safe or is_trusted(self, target)))
        if not is_safe:
            raise InvalidSchema("the server redirects to %r" % target[:200])
        return target

    Session.get_redirect_target = proper_target_of


def is_trusted(session, url):
    """Whether pip takes packages from there without TLS: this machine, or a host that --trusted-host names."""
    ask = getattr(session, "is_secure_origin", None)  # since pip 19.3
    return ask is not None and ask(url)


def forbid_long_sleeps():
    """pip would sleep for as long as a server says, a year if need be; whoever asked decides when to ask again."""
    from pip._vendor.urllib3.util.retry import Retry

    Retry.RETRY_AFTER_STATUS_CODES = frozenset()
    Retry.sleep_for_retry = lambda self, response: False


def remember_user_agent():
    """All sessions say the same of this machine; to find it out, pip looks at all that is installed and asks rustc."""
    try:
        from pip._internal.network import session as module
    except ImportError:  # before pip 19.3
        from pip._internal import download as module

    module.user_agent = functools.lru_cache(maxsize=None)(module.user_agent)


def download_command():
    try:
        from pip._internal.commands import create_command, install  # noqa: F401 -- once, not in every fork

        return create_command("download")
    except ImportError:  # before pip 19.3
        from pip._internal.commands.download import DownloadCommand

        return DownloadCommand()


def open_session(request):
    """A session of requests as `pip download` would use it, and the settings that the caller should know."""
    os.environ["TMPDIR"] = tempfile.tempdir = request["tmp"]
    command = download_command()
    options, _ = command.parse_args(["--no-input"] + request["pip"])
    session = command._build_session(options)
    for adapter in session.adapters.values():
        if hasattr(adapter, "max_retries"):  # the last answer is an answer
            adapter.max_retries = adapter.max_retries.new(raise_on_status=False)
    return session, {
        "indexUrls": ([] if options.no_index else [options.index_url] + list(options.extra_index_urls)),
        "findLinks": list(options.find_links),
        "cert": options.cert,
        "proxy": options.proxy,
        "trustedHosts": list(getattr(options, "trusted_hosts", [])),
    }


def get(session, request):
    headers = {"Accept": request["accept"], "Accept-Encoding": "gzip", "Cache-Control": "max-age=0"}
    if request.get("etag"):
        headers["If-None-Match"] = request["etag"]
    if request.get("lastModified"):
        headers["If-Modified-Since"] = request["lastModified"]
    with session.get(request["url"], headers=headers, stream=True) as response:
        body = b"".join(bounded(unpacked(response), request["maxBytes"]))
        return {
            "status": response.status_code,
            "url": response.url,
            "contentType": response.headers.get("Content-Type", "text/html"),
            "etag": response.headers.get("ETag"),
            "lastModified": response.headers.get("Last-Modified"),
            "retryAfter": response.headers.get("Retry-After"),
            "body": base64.b64encode(body).decode("ascii"),
        }


def unpacked(response):
    """A page's bytes, a little at a time; one that was cut off is none, for the rest of what it lists would look deleted."""
    chunks = whole(response, iter(lambda: response.raw.read(1 << 16), b""))
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("gzip", "x-gzip"):
        return unzipped(chunks)
    if coding not in ("", "identity"):
        raise ValueError("the page comes as %r, which nobody asked for" % coding[:100])
    return chunks


def whole(response, chunks):
    length = 0
    for chunk in chunks:
        length += len(chunk)
        yield chunk
    told = str(response.headers.get("Content-Length", ""))  # a number where it is a file
    if response.status_code == 200 and "Transfer-Encoding" not in response.headers and told.isdigit():
        if length != int(told):
            raise EOFError("%d of %s bytes came" % (length, told[:20]))


def unzipped(chunks):
    """What gzip packed, 64 KiB at a time however much a byte becomes (RFC 1952: one member or several)."""
    unzip, begun = None, False
    for chunk in chunks:
        while chunk:
            if unzip is None or unzip.eof:
                unzip = zlib.decompressobj(31)
            try:
                yield unzip.decompress(chunk, 1 << 16)
            except zlib.error:
                if begun:
                    return  # padding
                raise
            begun = begun or unzip.eof
            chunk = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
    if unzip is not None and not unzip.eof:
        raise EOFError("the page ends in the middle")


def download(session, request):
    response = session.get(request["url"], headers={"Accept-Encoding": "identity"}, stream=True)
    if response.status_code != 200:
        return {"status": response.status_code}
    hashes = {name: hashlib.new(name) for name in request["algorithms"]}
    chunks = iter(lambda: response.raw.read(1 << 16), b"")  # as it came: what is gzipped stays so
    with open(request["path"], "wb") as file:
        for chunk in bounded(chunks, request["maxBytes"]):
            file.write(chunk)
            for known in hashes.values():
                known.update(chunk)
    return {"status": 200, "hashes": {name: known.hexdigest() for name, known in hashes.items()}}


def bounded(chunks, limit):
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise OverflowError("more than %d bytes" % limit)
        yield chunk


def make_venv(request):
    """An empty virtual environment, which uv (PEP 405 key "relocatable") may fill too."""
    import venv

    venv.EnvBuilder(symlinks=True).create(request["dir"])
    with open(os.path.join(request["dir"], "pyvenv.cfg"), "a") as config:
        config.write("relocatable = true\n")
    return {}


def install(request):
    """Runs `pip install` in a fork: pip is imported once, and keeps no state from one time to the next."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = install_here(request)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code or 0)
    _, status = os.waitpid(pid, 0)
    return {"code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)}


def install_here(request):
    """Makes pip believe that it runs in the environment, without starting a Python there: its .pth files could run code."""
    forbid_programs()
    keep_configuration()
    sys.prefix = sys.exec_prefix = request["dir"]
    sys.executable = request["python"]  # what the scripts' first line will name: the path inside the sandbox
    os.environ["VIRTUAL_ENV"] = request["dir"]
    os.environ["PIP_USER"] = "0"
    try:
        from pip._internal.cli.main import main as pip
    except ImportError:  # before pip 19.3
        from pip._internal import main as pip
    return pip(["install", "--prefix", request["dir"]] + request["pip"])


def keep_configuration():
    """pip also reads the pip.conf in sys.prefix: this interpreter's own holds, none that a wheel brought into the environment."""
    from pip._internal import configuration

    if hasattr(configuration, "get_configuration_files"):  # before pip 19.2 it had found them when it was imported
        files = configuration.get_configuration_files()
        configuration.get_configuration_files = lambda: files


def forbid_programs():
    """What is installed may name sources, by a URL or a repository: whoever would run a build or git for them can't."""
    import errno
    import subprocess

    start = subprocess.Popen.__init__

    def start_if_harmless(self, command, *args, **kwargs):
        program = os.path.basename(command if isinstance(command, str) else command[0])
        if program not in HARMLESS and not program.startswith("ld-musl"):
            raise PermissionError(errno.EACCES, "not run outside the sandbox", program)
        start(self, command, *args, **kwargs)

    subprocess.Popen.__init__ = start_if_harmless


if __name__ == "__main__":
    main()
