"""Calls one hook of a build backend (PEP 517) inside the sandbox: hook.py HOOK REQUEST RESULT.

REQUEST is JSON: backend, backendPath, arguments. RESULT is the file for the answer: {"value": ...} or {"missing": true}.
What the backend raises ends the process with its traceback, as pip would show it.
"""
import importlib
import json
import os
import sys

OPTIONAL = {"get_requires_for_build_wheel"}


def main():
    hook, request, result = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
    sys.argv[1:] = []
    sys.path[0:1] = [os.path.abspath(entry) for entry in request["backendPath"]]
    backend = load(request["backend"], request["backendPath"])
    function = getattr(backend, hook, None)
    if function is None and hook in OPTIONAL:
        answer = {"missing": True}
    elif function is None:
        sys.exit("The build backend %s has no %s" % (request["backend"], hook))
    else:
        answer = {"value": function(*request["arguments"])}
    sys.stdout.flush()
    with open(result, "w") as file:
        json.dump(answer, file)


def load(reference, backend_path):
    name, _, attributes = reference.partition(":")
    backend = importlib.import_module(name)
    origin = os.path.realpath(getattr(backend, "__file__", None) or "")
    if backend_path and not any(origin.startswith(os.path.realpath(entry) + os.sep) for entry in backend_path):
        sys.exit("The build backend %s was not found in backend-path" % name)
    for attribute in filter(None, attributes.split(".")):
        backend = getattr(backend, attribute)
    return backend


if __name__ == "__main__":
    main()
