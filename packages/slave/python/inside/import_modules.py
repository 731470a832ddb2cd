"""Imports a wheel's modules inside the sandbox, and tells how each went: import_modules.py MODULES RESULT DUMP.

MODULES is JSON, a list of dotted names. RESULT is a file of JSON lines: a module before it is imported ("importing"),
and after it how it failed, if it did. Where Python crashes, DUMP gets its stack (faulthandler), and the last line of
RESULT tells which module it was.
"""
import faulthandler
import importlib
import json
import sys
import traceback

TEXT = 1000


def main():
    modules, result, dump = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3]
    sys.argv[1:] = []
    faulthandler.enable(open(dump, "w"))
    with open(result, "w", buffering=1) as tell:
        for module in modules:
            print(json.dumps({"importing": module}), file=tell)
            try:
                importlib.import_module(module)
            except BaseException as error:  # a module may well call sys.exit
                print("%s: %s: %s" % (module, type(error).__name__, error), flush=True)
                failure = {"failed": module, "error": type(error).__name__, "text": str(error)[:TEXT]}
                failure["file"] = innermost(error)
                print(json.dumps(failure), file=tell)
            else:
                print("%s: imported" % module, flush=True)
        print(json.dumps({"done": True}), file=tell)


def innermost(error):
    """The file of an installed package in which the error arose; None where it arose in none."""
    frames = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return ([None] + [file for file in frames if "/site-packages/" in file])[-1]


if __name__ == "__main__":
    main()
