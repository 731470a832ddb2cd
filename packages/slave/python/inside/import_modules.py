"""Imports a wheel's modules inside the sandbox, and tells how each went: import_modules.py RESULT DUMP MODULE...

RESULT is a file of JSON lines: a module before it is imported ("importing"), and after it how it failed, if it did.
Where Python crashes, DUMP gets its stack (faulthandler), and the last line of RESULT tells which module it was.
"""
import faulthandler
import importlib
import sys

try:  # json itself imports much, and takes as long as many a module that is imported here
    from _json import encode_basestring_ascii as quoted
except ImportError:
    from json.encoder import encode_basestring_ascii as quoted

TEXT = 1000


def main():
    result, dump, modules = sys.argv[1], sys.argv[2], sys.argv[3:]
    sys.argv[1:] = []
    faulthandler.enable(open(dump, "w"))
    with open(result, "w", buffering=1) as tell:
        for module in modules:
            tell_of(tell, importing=module)
            try:
                importlib.import_module(module)
            except BaseException as error:  # a module may well call sys.exit
                print("%s: %s: %s" % (module, type(error).__name__, error), flush=True)
                failure = {"failed": module, "error": type(error).__name__, "text": str(error)[:TEXT]}
                tell_of(tell, file=innermost(error), **failure)
            else:
                print("%s: imported" % module, flush=True)
        tell.write('{"done": true}\n')


def tell_of(tell, **fields):
    told = ["%s: %s" % (quoted(name), quoted(value)) for name, value in fields.items() if value is not None]
    tell.write("{%s}\n" % ", ".join(told))


def innermost(error):
    """The file of an installed package in which the error arose; None where it arose in none."""
    found, step = None, error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        found, step = (file if "/site-packages/" in file else found), step.tb_next
    return found


if __name__ == "__main__":
    main()
