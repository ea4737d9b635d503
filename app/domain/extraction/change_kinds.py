"""Kinds of change after issue: by how the text begins, else by the letters of the dossier number.

Source: the list of changes of the provincial system (letters and names); wordings of circulars 24/2014 and
10/2024/TT-BTNMT. The letters stand in dossier numbers as well: "002155.TC.001" is a mortgage.
"""

from __future__ import annotations

from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import find, find_at_start

OPENING = 36
"""Letters at the beginning of an entry that say what kind it is."""
KINDS: tuple[tuple[str, str], ...] = (
    ("xóa nội dung đăng ký thế chấp", "Xóa thế chấp"),
    ("xóa đăng ký thế chấp", "Xóa thế chấp"),
    ("xóa thế chấp", "Xóa thế chấp"),
    ("đã xóa thế chấp", "Xóa thế chấp"),
    ("giải chấp", "Xóa thế chấp"),
    ("xóa nội dung đăng ký cho thuê", "Xóa cho thuê"),
    ("xóa nội dung đăng ký góp vốn", "Xóa góp vốn"),
    ("xóa góp vốn", "Xóa góp vốn"),
    ("xóa nội dung", "Xóa thế chấp"),
    ("thay đổi nội dung thế chấp", "Thay đổi nội dung thế chấp"),
    ("thay đổi nội dung đăng ký thế chấp", "Thay đổi nội dung thế chấp"),
    ("đăng ký thế chấp", "Thế chấp"),
    ("thế chấp", "Thế chấp"),
    ("chuyển nhượng", "Chuyển nhượng"),
    ("nhận chuyển nhượng", "Chuyển nhượng"),
    ("tặng cho", "Tặng cho"),
    ("nhận tặng cho", "Tặng cho"),
    ("để thừa kế", "Thừa kế"),
    ("nhận thừa kế", "Thừa kế"),
    ("thừa kế", "Thừa kế"),
    ("đính chính", "Đính chính"),
    ("sửa chữa sai sót", "Đính chính"),
    ("chuyển mục đích", "Chuyển mục đích sử dụng đất"),
    ("gia hạn", "Gia hạn sử dụng đất"),
    ("cấp đổi", "Cấp đổi"),
    ("cấp lại", "Cấp lại"),
    ("tách thửa", "Tách thửa, hợp thửa"),
    ("hợp thửa", "Tách thửa, hợp thửa"),
    ("thửa đất số", "Thay đổi thông tin thửa đất"),
    ("thay đổi số thửa", "Thay đổi thông tin thửa đất"),
    ("thay đổi số hiệu thửa đất", "Thay đổi thông tin thửa đất"),
    ("thay đổi số thứ tự thửa đất", "Thay đổi thông tin thửa đất"),
    ("thay đổi diện tích", "Thay đổi thông tin thửa đất"),
    ("thay đổi địa chỉ", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi họ tên", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi thông tin", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi giấy tờ", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi số", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi tên đơn vị hành chính", "Thay đổi đơn vị hành chính"),
    ("thay đổi đơn vị hành chính", "Thay đổi đơn vị hành chính"),
    ("góp vốn", "Góp vốn"),
    ("chuyển đổi", "Chuyển đổi"),
    ("cho thuê", "Cho thuê"),
    ("thu hồi", "Thu hồi đất"),
    ("chuyển quyền", "Chuyển quyền"),
    ("đấu giá", "Chuyển quyền"),
    ("đã chuyển", "Chuyển quyền"),
    ("đăng ký", "Đăng ký biến động"),
    ("bổ sung", "Thay đổi thông tin tài sản"),
    ("chứng nhận quyền sở hữu", "Thay đổi thông tin tài sản"),
)
"""How an entry begins, longer wordings of one beginning first, and its kind."""
KIND_BY_LETTERS = {
    "CL": "Cấp đổi, cấp lại",
    "CD": "Chuyển đổi",
    "CM": "Chuyển mục đích sử dụng đất",
    "CN": "Chuyển nhượng",
    "CT": "Cho thuê",
    "DG": "Chuyển quyền",
    "DH": "Thay đổi đơn vị hành chính",
    "DT": "Thay đổi thông tin chủ sử dụng",
    "GH": "Gia hạn sử dụng đất",
    "GP": "Góp vốn",
    "SN": "Đính chính",
    "TA": "Tặng cho",
    "TC": "Thế chấp",
    "TD": "Thay đổi thông tin thửa đất",
    "TH": "Thu hồi đất",
    "TK": "Thừa kế",
    "TN": "Tách thửa, hợp thửa",
    "TS": "Thay đổi thông tin tài sản",
    "XC": "Xóa thế chấp",
    "XT": "Xóa cho thuê",
    "XV": "Xóa góp vốn",
}
REASONS = {"Chuyển nhượng": "transfer", "Tặng cho": "gift", "Thừa kế": "inheritance"}
"""Kinds that give the land to somebody else."""


def opens_change(folded_line: str) -> bool:
    """Whether a line begins as an entry of the table does."""
    return any(find_at_start(words, folded_line, 0.2) for words, _ in KINDS)


def kind_of(text: Clip, letters: str | None) -> str | None:
    """The kind of a change; None when neither its beginning nor its dossier number says."""
    beginning = text.folded[:OPENING].replace("\n", " ")
    at_start = next((kind for words, kind in KINDS if find_at_start(words, beginning, 0.2)), None)
    near = next((kind for words, kind in KINDS if find(words, beginning, 0.15)), None)
    return at_start or KIND_BY_LETTERS.get(letters or "") or near
