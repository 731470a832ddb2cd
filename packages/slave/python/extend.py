"""Compiles a one-line extension module as this Python's builds would, and imports it.

Exits with 0 when that worked; with 3 when the compiler is missing, whose name is then the last line; else with 1.
Runs inside a sandbox, in a folder that may be written.
"""
import importlib
import os
import shlex
import subprocess
import sys
import sysconfig
import zlib  # noqa: F401 (pip can't do without, and it is often what a home-made Python lacks)

source = """
#include <Python.h>
static struct PyModuleDef one_line = {PyModuleDef_HEAD_INIT, "one_line", NULL, -1, NULL};
PyMODINIT_FUNC PyInit_one_line(void) { return PyModule_Create(&one_line); }
"""


def main():
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    with open("one_line.c", "w") as file:
        file.write(source)
    made = "one_line" + sysconfig.get_config_var("EXT_SUFFIX")
    include = "-I" + sysconfig.get_path("include")
    try:
        done = subprocess.call(compiler + ["-O0", "-shared", "-fPIC", include, "one_line.c", "-o", made])
    except OSError:
        print(compiler[0])
        sys.exit(3)
    if done != 0:
        sys.exit(1)
    sys.path.insert(0, os.getcwd())
    importlib.import_module("one_line")


main()
