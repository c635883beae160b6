"""One flow, prepared for being asked: all look-ups that a step needs, made once. Holds nothing about any person."""

from bot.conversation.effects import Option, Text
from bot.conversation.form import Form, FormQuestion, Group


class Book:
    """The questions of one flow, by id, by group and in order."""

    def __init__(self, form: Form) -> None:
        """Prepare a form that was laid out."""
        self.form = form
        self.steps = form.questions()
        self.place = {question.id: at for at, (_, question) in enumerate(self.steps)}
        self.group_of = {question.id: group for group, question in self.steps}
        self.question = {question.id: question for _, question in self.steps}
        self.groups = {group.id: group for group in form.group}
        self._options = {question.id: _listed(question) for question in self.question.values()}

    @property
    def takes_files(self) -> bool:
        """Whether files go along with the answers."""
        return any(question.kind == "files" for question in self.question.values())

    def listed(self, question: FormQuestion) -> tuple[Option, ...]:
        """Give the options that stand in the form; none where an organ fills the list."""
        return self._options.get(question.id) or _listed(question)

    def group(self, name: str) -> Group:
        """Give a group; of a draft from another version of the form, the first one."""
        return self.groups.get(name, self.form.group[0])


def _listed(question: FormQuestion) -> tuple[Option, ...]:
    if isinstance(question.options, str):
        return ()
    return tuple(Option(value, Text(f"option.{question.wording}.{value}")) for value in question.options)
