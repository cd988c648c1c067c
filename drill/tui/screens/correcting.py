"""What the learner may correct in a bank, from a list or from a question's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drill.core.vocabulary import RetireReason
from drill.errors import DrillError
from drill.render.home import Choice
from drill.tui.commands import Command
from drill.tui.screens.keyed import T
from drill.tui.screens.painted import PaintedScreen
from drill.usecases import reviewing

_RETIRE_WORDS = {
    RetireReason.WRONG_KEY: Choice("Wrong key", "Never drawn again, and its attempts leave every metric."),
    RetireReason.OTHER: Choice("Another reason", "Never drawn again; its attempts count on."),
}


def correcting_commands(when: Callable[[Any], bool]) -> tuple[Command, ...]:
    """What may be said of a question, while `when` holds."""
    return (
        Command(
            "ctrl+k", "next_step",
            "Correct whether it is a next-best-step question: asks first; stays after a new import",
            "Next step?", "Next best step: correct it", when=when,
        ),
        Command(
            "ctrl+x", "retire", "Retire it, or bring it back: asks first", "Retire", when=when
        ),
        *(
            Command(
                action=f"retire_for('{reason}')", name=f"Retire question: {reason}",
                hint=_RETIRE_WORDS[reason].text, when=when,
            )
            for reason in RetireReason
        ),
        Command(action="retire_for('')", name="Bring question back", hint="It may be drawn again", when=when),
    )  # fmt: skip


class CorrectingScreen(PaintedScreen[T]):
    """A screen with a question at hand. Subclasses say which, and read it anew when it changed."""

    @property
    def about(self) -> tuple[str, str] | None:
        """Bank and id of the question at hand; None: there is none."""
        raise NotImplementedError

    @property
    def called(self) -> str:
        """The name of the question at hand, where there is one."""
        return self.about[1] if self.about is not None else ""

    def read(self) -> None:
        """Read what is shown anew, as after a correction."""
        raise NotImplementedError

    def action_next_step(self) -> None:
        """Ask whether to correct that this is a next-best-step question, or that it is none."""
        if self.about is None:
            return
        is_one = reviewing.standing(self.desk.store, *self.about).next_best_step
        now, then = ("one", "none") if is_one else ("none", "one")
        text = f"{self.called} counts as {now} now. Corrected it counts as {then}, also after a new import."
        self._ask("Is this a next-best-step question?", text, "Correct it", self.turn_next_step)

    def _ask(self, title: str, text: str, yes: str, act: Callable[[], object]) -> None:
        from drill.tui.screens.choose import ask

        def answered(index: int | None) -> None:
            if index:
                act()

        self.app.push_screen(ask(title, text, yes, "Leave it as it is"), answered)

    def turn_next_step(self) -> None:
        """Correct whether this is a next-best-step question; a new import leaves that standing."""
        if self.about is None:
            return
        now: list[bool] = []
        app, (bank, item) = self.desk, self.about
        if self.write(
            lambda: now.append(reviewing.turn_next_best_step(app.store, app.clock, bank, item)),
        ):
            self.read()
            self.say(
                "Counts as a next-best-step question now."
                if now[0]
                else "No longer counts as a next-best-step question."
            )

    def action_retire(self) -> None:
        """Take the question out of use, after asking why; or bring it back."""
        if self.about is None:
            return
        retired = reviewing.standing(self.desk.store, *self.about).retired
        if retired == "missing":
            self.say("It is no longer in its bank's file. Importing that again brings it back.")
        elif retired is not None:
            text = f"{self.called} may be drawn again."
            self._ask("Bring this question back?", text, "Bring it back", lambda: self.retire(None))
        else:
            from drill.tui.screens.choose import ChooseScreen

            def chosen(index: int | None) -> None:
                if index:
                    self.retire(list(RetireReason)[index - 1])

            keep = Choice("Keep it", "Nothing changes.")
            choices = [keep, *(_RETIRE_WORDS[reason] for reason in RetireReason)]
            text = f"{self.called} will never be drawn again. Its history stays."
            self.app.push_screen(ChooseScreen("Retire this question?", text, choices), chosen)

    def action_retire_for(self, reason: str) -> None:
        """Retire for a reason; an empty one brings it back."""
        self.retire(RetireReason(reason) if reason else None)

    def retire(self, reason: str | None) -> None:
        """Retire for a reason; None brings it back."""
        if self.about is None:
            return
        (bank, item), called = self.about, self.called
        if self.write(lambda: reviewing.retire(self.desk.store, self.desk.clock, bank, item, reason)):
            self.read()
            self.say(f"{called} is back in use." if reason is None else f"{called} is retired: {reason}.")

    def write(self, act: Callable[[], object]) -> bool:
        """Write; what cannot be is said. The reports are out of date then."""
        self.desk.may_write("write")  # what cannot be is refused by the act itself
        try:
            act()
        except DrillError as error:
            self.say(str(error))
            return False
        self.desk.forget_reports()
        return True
