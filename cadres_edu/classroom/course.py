"""The course that the answers belong to: its lessons, its questions, and the slots that an answer can fill."""

from __future__ import annotations

from dataclasses import dataclass

from cadres_edu import archive, questions
from cadres_edu.log_entry import LEARNER, START_OVER
from cadres_edu.portfolio import results
from cadres_edu.question_kinds import Open, Question
from cadres_edu.widgets import coursemap


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for an answer: a question, and for a question of the survey the occasion, `start` or `end`."""

    number: int
    question: Question
    occasion: str = ""

    @property
    def name(self) -> str:
        """Its name, such as `03/attendance` or `00/cause@start`."""
        return f"{self.question.id}@{self.occasion}" if self.occasion else self.question.id

    @property
    def lesson(self) -> str:
        """The two digits of the lesson."""
        return self.question.id[:2]

    @property
    def closed(self) -> bool:
        """Whether there is a right answer that counts."""
        return not self.question.survey and not isinstance(self.question, Open)


@dataclass(frozen=True, slots=True)
class Course:
    """Lessons by their two digits, with titles; and all slots, each at the place of its number."""

    titles: dict[str, str]
    slots: tuple[Slot, ...]

    def asked(self, lesson: str) -> list[Slot]:
        """What a learner answers who does all of a lesson; the survey at the end belongs to the last."""
        return [slot for slot in self.slots if slot.lesson == lesson and slot.occasion != "end"]

    def closed(self, lesson: str = "") -> list[Slot]:
        """The slots with a right answer, of one lesson or of all."""
        return [slot for slot in self.slots if slot.closed and slot.lesson.startswith(lesson)]


def load() -> Course:
    """The course as its seeds and lessons stand now; QuestionError lists mistakes in a question file."""
    files = sorted((archive.seeds_folder() / "questions").glob("[0-9][0-9]-*.md"))
    found = [one for file in files for one in questions.load_file(file)]
    places = [(one, occasion) for one in found for occasion in (one.occasion if one.survey else ("",))]
    heads = {one["number"]: one["title"] for one in map(coursemap.head, coursemap.files())}
    titles = {file.name[:2]: heads.get(file.name[:2], f"Lesson {file.name[:2]}") for file in files}
    return Course(titles, tuple(Slot(number, *place) for number, place in enumerate(places)))


def others(course: Course) -> set[str]:
    """What a log holds beside answers to questions: things to handle, judgements of one's own, the learner's name."""
    own = {f"{slot.question.id}-self" for slot in course.slots if isinstance(slot.question, Open)}
    return {*results.TITLES, *own, "10/argument", LEARNER, START_OVER}
