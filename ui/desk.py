"""What every station of the window needs: the services, the door to threads, the page pictures and who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.people import Person
from app.messages import Messages
from ui.page_images import PageImages
from ui.tasks import TaskRunner
from ui.window_memory import WindowMemory

if TYPE_CHECKING:
    from app.bootstrap import Services


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One signed-in person's place of work; lives on the gui thread.

    Attributes:
        person: Passed to every service call.
    """

    services: Services
    tasks: TaskRunner
    images: PageImages
    person: Person
    memory: WindowMemory

    @property
    def messages(self) -> Messages:
        """The words for codes, fields and states in the present language."""
        return self.services.messages
