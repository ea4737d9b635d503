"""Entry: the list of dossiers, and the station for the one that is open."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.viewmodels.dossier_list import DossierListModel
from ui.viewmodels.entry import EntryModel
from ui.views.dossier_list import DossierListView
from ui.views.entry_station import EntryStation


class EntryView(QStackedWidget):
    """Switches between the list and the station."""

    def __init__(self, list_model: DossierListModel, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_view")
        self._model = model
        self.list = DossierListView(list_model)
        self.station = EntryStation(model)
        self.addWidget(self.list)
        self.addWidget(self.station)
        self.list.open_asked.connect(model.open)
        self.station.list_asked.connect(model.close)
        model.opened.connect(self._show_station)
        model.closed.connect(self._show_list)

    def arrive(self) -> None:
        """The person came to this station."""
        if self._model.dossier is None:
            self._show_list()
        else:
            self.station.go_to(self.station.form.current_path)

    def flush(self) -> None:
        """Save what stands in the current field."""
        if self._model.dossier is not None:
            self.station.flush()

    def _show_station(self, path: str) -> None:
        self.setCurrentWidget(self.station)
        self.station.go_to(path)

    def _show_list(self) -> None:
        self.setCurrentWidget(self.list)
        self.list.refresh()
        self.list.table.setFocus()
