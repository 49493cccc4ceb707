"""A content package of QTI 2.1: an item for each question, a test with a section for each lesson, and the manifest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from cadres_edu.export import qti
from cadres_edu.export.bank import NAME, LeftOut, Lesson, to_mark
from cadres_edu.export.qti_rules import NAMESPACE, element
from cadres_edu.question_kinds import Gap, Match, Number, Order, Question

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_ITEM, _TEST = "imsqti_item_xmlv2p1", "imsqti_test_xmlv2p1"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip's own beginning of time, so that the same questions give the same bytes


def write(lessons: Sequence[Lesson], left_out: LeftOut) -> bytes:
    """The questions as a zip that systems import whole."""
    chosen = [(lesson, list(to_mark(lesson, left_out))) for lesson in lessons]
    files: dict[str, bytes] = {}
    for _, found in chosen:
        for question in found:
            _note(question, left_out)
            files[_file(question)] = _xml(qti.item(question))
    files["test.xml"] = _xml(_test(chosen))
    files = {"imsmanifest.xml": _xml(_manifest(list(files)))} | files
    return _zipped(files)


def _note(question: Question, left_out: LeftOut) -> None:
    if question.hint:
        left_out.note("Hints", question)
    match question:
        case Match():
            left_out.note("Feedback pair by pair: it stands together, and is shown after any answer", question)
        case Order():
            left_out.note("Feedback step by step: it stands together, and is shown after any answer", question)
        case Gap():
            left_out.note("Wide letters and doubled spaces read as plain ones: words are compared as typed", question)
        case Number() if question.unit:
            left_out.note(
                "The unit in an answer: digits alone are taken, and the unit stands beside the field", question
            )


def _file(question: Question) -> str:
    return f"items/{qti.identifier(question)}.xml"


def _test(chosen: Sequence[tuple[Lesson, list[Question]]]) -> ET.Element:
    part = element("testPart", identifier="course", navigationMode="nonlinear", submissionMode="individual")
    for lesson, found in chosen:
        section = element("assessmentSection", identifier=f"lesson-{lesson.stem}", title=lesson.title, visible="true")
        for question in found:
            section.append(element("assessmentItemRef", identifier=qti.identifier(question), href=_file(question)))
        part.append(section)
    return element("assessmentTest", "", part, xmlns=NAMESPACE, identifier="cadres-edu", title=NAME)


def _manifest(files: Sequence[str]) -> ET.Element:
    schema = element("metadata", "", element("schema", "QTIv2.1 Package"), element("schemaversion", "1.0.0"))
    resources = element("resources")
    for file in files:
        kind = _ITEM if file.startswith("items/") else _TEST
        resource = element("resource", "", element("file", href=file), identifier=_resource(file), type=kind, href=file)
        if kind == _TEST:
            resource.extend(element("dependency", identifierref=_resource(item)) for item in files if item != file)
        resources.append(resource)
    parts = (schema, element("organizations"), resources)
    return element("manifest", "", *parts, xmlns=_PACKAGE, identifier="cadres-edu-questions")


def _resource(file: str) -> str:
    return f"r-{file.removesuffix('.xml').rpartition('/')[2]}"


def _xml(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression=zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as Unix has it, on every machine
            package.writestr(entry, content)
    return stream.getvalue()
