"""Whatever is tapped and said, in any order, old buttons too: a dialog neither breaks nor lies."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.dialog import form_rows, forms
from bot.dialog.forms import Answers, Form
from bot.language.catalog import Catalogs
from bot.storage.engine import Database
from tests.support.dialog_makers import CHAT, Ending, Phone

T = TypeVar("T")
PAIRS = (("red", "Menu"), ("blue", "Cancel"))


def _is_red(answers: Answers) -> bool:
    return bool(answers["colour"] == "red")


def _walk(version: int, ending: Ending) -> Form:
    """Two versions of one dialog: the second knows one colour less and asks something more."""
    steps = [
        forms.text("name", "Menu", longest=5, skippable=True),
        forms.choice("colour", "Menu", PAIRS[: 3 - version]),
        forms.yes_no("sure", "Menu", when=_is_red),
        forms.grid("days", "Menu", when=lambda one: one["sure"] is True),
        forms.choices("several", "Menu", PAIRS, least=1),
    ]
    if version == 2:
        steps.append(forms.number("many", "Menu", quick=(3,)))
    return Form("walk", version, "Menu", tuple(steps), ending)


class Walks(RuleBasedStateMachine):
    """Every button that was ever shown may be tapped at any time."""

    catalogs: Catalogs
    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "test.sqlite")
        self.database = Database(f"sqlite:///{self.folder / 'test.sqlite'}")
        self.ending = Ending()
        self.forms: tuple[Form, ...] = (_walk(1, self.ending),)
        self.shown: list[str] = []
        self.at = 0
        self.told = ""
        self.run(self._act("say", "/open walk"))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _act(self, how: str, what: str) -> None:
        self.at += 1
        async with self.database.writing() as tx:
            phone = Phone(tx, self.catalogs, self.forms, shown=self.shown)
            phone.later(minutes=self.at)
            finished, said_before = len(self.ending.answers), self.told
            await (phone.say(what) if how == "say" else phone.press(what))
            self.told = phone.screen.text if phone.screen else self.told
            if len(self.ending.answers) > finished and what.startswith("form_ok"):
                self._judge(self.ending.answers[-1], said_before)

    def _judge(self, answers: Answers, told: str) -> None:
        """Exactly what is asked after these answers, each valid."""
        (form,) = self.forms
        assert {step.name for step in form.path(answers)} | {"ref"} == answers.keys()
        assert answers["colour"] in dict(PAIRS[: 3 - form.version])
        assert answers["several"]
        assert answers["name"] is None or 1 <= len(answers["name"]) <= 5

    @rule(data=st.data())
    def taps(self, data: st.DataObject) -> None:
        self.run(self._act("press", data.draw(st.sampled_from(self.shown))))

    @rule(data=st.data())
    def taps_what_is_new(self, data: st.DataObject) -> None:
        self.run(self._act("press", data.draw(st.sampled_from(self.shown[-8:]))))

    @rule(words=st.sampled_from(["Amina", "too long a name", "3", "Menu", "", "{x}", "<b>", "/my"]))
    def says(self, words: str) -> None:
        self.run(self._act("say", words))

    @rule()
    def opens_it(self) -> None:
        self.run(self._act("say", "/open walk"))

    @rule(version=st.sampled_from([1, 2]))
    def is_upgraded(self, version: int) -> None:
        self.forms = (_walk(version, self.ending),)

    @invariant()
    def there_is_one_at_most_and_its_step_is_asked(self) -> None:
        async def look() -> None:
            async with self.database.reading() as tx:
                found = await form_rows.unfinished(tx, CHAT)
            assert len(found) <= 1
            for one in found:
                form = _walk(one.version, self.ending)
                path = [step.name for step in form.path(one.answers)]
                assert one.step in ("", *path)

        self.run(look())

    def teardown(self) -> None:
        self.run(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)


def test_dialog_survives_whatever_is_tapped_and_said(
    catalogs: Catalogs, sqlite_template: Path
) -> None:
    Walks.catalogs, Walks.template = catalogs, sqlite_template

    run_state_machine_as_test(
        Walks,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
