"""Tells what this Python is and has, as a JSON object on stdout.

Python 2.7 and later can run it, so that an old one can say that it is too old; from 3.6 on it tells everything.
Run it with -E -s: a user's own packages and variables are not what builds will see.
"""
import json
import os
import platform
import sys


def main():
    del sys.path[0]  # this script's folder holds other scripts, no modules
    facts = {"python": platform.python_version(), "tooOld": sys.version_info < (3, 6)}
    if not facts["tooOld"]:
        facts.update(all_about_this_python())
    print(json.dumps(facts))


def all_about_this_python():
    import sysconfig

    shared = sysconfig.get_config_var("INSTSONAME") or sysconfig.get_config_var("LDLIBRARY") or ""
    places = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "include", "platinclude", "purelib", "platlib")]
    places.append(os.path.join(sysconfig.get_config_var("LIBDIR") or "", shared))
    return {
        "executable": os.path.realpath(base_executable()),
        "inEnvironment": sys.prefix != sys.base_prefix,
        "implementation": sys.implementation.name,
        "tags": tags(),
        "headers": os.path.isfile(os.path.join(sysconfig.get_path("include") or "", "Python.h")),
        "venv": can_import("venv"),
        "prefixes": existing([sys.base_prefix, sys.base_exec_prefix]),
        "parts": existing([sys.executable] + places),
    }


def base_executable():
    """In a virtual environment, the Python that it was made from."""
    return getattr(sys, "_base_executable", None) or sys.executable


def tags():
    """What it accepts, best first; nothing where it has no pip, which is what knows."""
    try:
        from packaging.tags import sys_tags
    except ImportError:
        return tags_of_pip()
    return [str(tag) for tag in sys_tags()]


def tags_of_pip():
    if not can_import("pip"):
        sys.path[:0] = bundled_pip()
    try:
        from pip._vendor.packaging.tags import sys_tags

        return [str(tag) for tag in sys_tags()]
    except ImportError:
        pass
    try:
        from pip._internal.pep425tags import get_supported  # before pip 20

        return ["-".join(tag) for tag in get_supported()]
    except ImportError:
        return []


def bundled_pip():
    """The copy of pip that venv installs: the standard library's, or where Debian keeps it."""
    import glob
    import sysconfig

    try:
        import ensurepip
    except ImportError:
        return []
    places = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")]
    places.append(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/usr/share/python-wheels")
    return [wheel for place in places for wheel in glob.glob(os.path.join(place, "pip-*.whl"))][:1]


def can_import(name):
    try:
        __import__(name)
        return True
    except ImportError:
        return False


def existing(paths):
    return sorted({os.path.realpath(path) for path in paths if path and os.path.exists(path)})


main()
