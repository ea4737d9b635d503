"""What the receiver says when it cannot do what is asked: RFC 9457 problems, with a Vietnamese sentence."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):  # noqa: N818 - an answer, not an error of the receiver
    """A request that gets a problem for an answer.

    Attributes:
        status: HTTP status.
        problem: Last part of the problem's type, such as "batch-conflict".
        headers: Headers the answer needs.
    """

    def __init__(self, status: int, problem: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem
        self.headers = dict(headers or {})

    def body(self) -> dict[str, object]:
        """The problem object."""
        title, detail = WORDS[self.problem]
        return {"type": f"urn:diaba:problem:{self.problem}", "title": title, "status": self.status, "detail": detail}


WORDS: dict[str, tuple[str, str]] = {
    "bad-request": ("The request is not understood", "Máy chủ không hiểu yêu cầu này."),
    "bad-manifest": ("The manifest does not fit the contract", "Danh sách của đợt gửi không đúng mẫu."),
    "body-too-large": ("The body is too large", "Nội dung gửi lên quá lớn."),
    "body-broken": ("The body is not whole", "Nội dung gửi lên bị hỏng hoặc thiếu."),
    "too-slow": ("The body did not come in time", "Đường truyền dừng quá lâu."),
    "not-found": ("There is no such thing here", "Máy chủ không có mục này."),
    "batch-unknown": ("The batch is not known", "Máy chủ chưa có đợt này."),
    "batch-conflict": ("Another content under this batch id", "Mã đợt này đã dùng cho nội dung khác."),
    "blob-not-announced": ("No manifest announced this content", "Trang này chưa có trong danh sách của đợt gửi nào."),
    "offset-conflict": ("The server holds another number of bytes", "Máy chủ đang giữ số byte khác."),
    "digest-mismatch": ("The content is not what its name says", "Nội dung trang không khớp với mã băm."),
    "no-room": ("The server's disk is full", "Máy chủ hết chỗ lưu; hãy báo quản trị máy chủ."),
    "code-refused": ("The enrolment code is unknown or used", "Mã ghi danh không đúng hoặc đã dùng."),
    "device-refused": ("The device or its token is not accepted", "Máy chủ không chấp nhận máy này."),
    "clock-apart": ("The device's clock is wrong", "Ngày giờ của máy bị sai."),
    "server-failed": ("The server failed", "Máy chủ gặp lỗi."),
}
