/** A build backend (PEP 517) that an sdist brings along, so that building it needs no network: it zips the tree's `payload` folder. */
export const inTreeBackend = `
import base64, hashlib, json, os, subprocess, sysconfig, time, zipfile

with open("plan.json") as file:
    PLAN = json.load(file)

def get_requires_for_build_wheel(config_settings=None):
    exec(PLAN["whenAsked"], dict(globals(), config_settings=config_settings))
    return PLAN["requires"]

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    exec(PLAN["whenBuilding"], dict(globals(), config_settings=config_settings))
    tag = PLAN["tag"]
    if PLAN["extension"]:
        tag = sysconfig.get_config_var("SOABI").split("-")
        tag = "{0}-{0}-{1}".format("cp" + tag[1], sysconfig.get_platform().replace("-", "_").replace(".", "_"))
        name = "payload/%s%s" % (PLAN["extension"], sysconfig.get_config_var("EXT_SUFFIX"))
        include = sysconfig.get_path("include")
        subprocess.check_call(["cc", "-shared", "-fPIC", "-I", include, "-o", name, PLAN["extension"] + ".c"])
    info = "%s-%s.dist-info" % (PLAN["name"].replace("-", "_"), PLAN["version"])
    files = {}
    for folder, _, names in os.walk("payload"):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, "payload")] = file.read()
    lines = ["Metadata-Version: 2.1", "Name: " + PLAN["name"], "Version: " + PLAN["version"]]
    lines += ["Requires-Dist: " + each for each in PLAN["dependencies"]]
    files[info + "/METADATA"] = ("\\n".join(lines) + "\\n").encode()
    files[info + "/WHEEL"] = ("Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: %s\\nTag: %s\\n" % (not PLAN["extension"], tag)).encode()
    record = ["%s,sha256=%s,%d" % (name, digest(data), len(data)) for name, data in sorted(files.items())]
    files[info + "/RECORD"] = ("\\n".join(record + [info + "/RECORD,,"]) + "\\n").encode()
    filename = "%s-%s-%s.whl" % (PLAN["name"].replace("-", "_"), PLAN["version"], tag)
    when = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(os.path.join(wheel_directory, filename), "w") as wheel:
        for name, data in files.items():
            wheel.writestr(zipfile.ZipInfo(name, when), data)
    return filename

def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
`;
