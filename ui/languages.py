"""The languages of the window: Vietnamese in the source, English and Qt's own words from resources/i18n."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

import resources

VIETNAMESE = "vi"
ENGLISH = "en"


class Languages(QObject):
    """Installs the translations of one language at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._installed: list[QTranslator] = []
        self.language = ""

    def use(self, language: str) -> None:
        """Switch; windows built afterwards speak it."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()
        self.language = language
        QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        self._install(str(resources.path(f"i18n/{language}.qm")))
        if language != VIETNAMESE:
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(f"{folder}/qtbase_{language}.qm")

    def _install(self, file: str) -> None:
        translator = QTranslator(self)
        if translator.load(file):
            QCoreApplication.installTranslator(translator)
            self._installed.append(translator)
