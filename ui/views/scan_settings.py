"""Which scanner, and how it shall scan."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.ports import Device, ScanRequest, ScanSource
from ui.widgets.buttons import make_button


class ScanSettings(QWidget):
    """The choices of a scan; what was chosen stays chosen while the program runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_filled = False
        self.devices = _box("device", self.tr("Máy quét"))
        self.refresh_button = make_button("find_devices", self.tr("Tìm lại"), icon="refresh")
        self.source = _box("source", self.tr("Nguồn giấy"))
        self.dpi = _box("dpi", self.tr("Độ phân giải"))
        self.mode = _box("mode", self.tr("Màu"))
        self.paper_size = _box("page_size", self.tr("Khổ giấy"))
        for source, words in (
            (ScanSource.FLATBED, self.tr("Mặt kính")),
            (ScanSource.FEEDER, self.tr("Khay nạp, một mặt")),
            (ScanSource.DUPLEX, self.tr("Khay nạp, hai mặt")),
        ):
            self.source.addItem(words, source)
        for dpi in (200, 300, 400, 600):
            self.dpi.addItem(f"{dpi} dpi", dpi)
        self.dpi.setCurrentIndex(1)
        for mode, words in (("color", self.tr("Màu")), ("gray", self.tr("Đen trắng (xám)"))):
            self.mode.addItem(words, mode)
        for words, size in (("A4", (210.0, 297.0)), ("A3", (297.0, 420.0)), ("A5", (148.0, 210.0))):
            self.paper_size.addItem(words, size)
        self._lay_out()
        self.show_devices([])
        self.was_filled = False

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(5)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.devices)
        form.addRow(self.refresh_button)
        form.addRow(self.tr("Nguồn giấy"), self.source)
        form.addRow(self.tr("Độ phân giải"), self.dpi)
        form.addRow(self.tr("Màu"), self.mode)
        form.addRow(self.tr("Khổ giấy"), self.paper_size)

    @property
    def has_devices(self) -> bool:
        """Whether a scanner can be chosen."""
        return self.devices.currentData() is not None

    def show_devices(self, devices: list[Device]) -> None:
        """Offer these scanners; the chosen one stays chosen."""
        chosen = self.devices.currentData()
        self.was_filled = True
        self.devices.clear()
        for device in devices:
            self.devices.addItem(device.name, device)
        if not devices:
            self.devices.addItem(self.tr("(chưa thấy máy quét)"), None)
        if chosen in devices:
            self.devices.setCurrentIndex(devices.index(chosen))

    def request(self, first_page: int = 1) -> ScanRequest | None:
        """What to scan; None without a scanner."""
        device = self.devices.currentData()
        if not isinstance(device, Device):
            return None
        width_mm, height_mm = self.paper_size.currentData()
        return ScanRequest(
            device=device,
            source=ScanSource(self.source.currentData()),
            dpi=int(self.dpi.currentData()),
            mode=str(self.mode.currentData()),
            width_mm=width_mm,
            height_mm=height_mm,
            first_page=first_page,
        )


def _box(name: str, words: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box
