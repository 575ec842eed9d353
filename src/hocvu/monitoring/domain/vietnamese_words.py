"""The words of reports. Administrative papers are in Vietnamese whatever the page's language."""

from collections.abc import Mapping
from typing import Any

MODES = {"in_person": "Trực tiếp", "online": "Trực tuyến"}
CATEGORIES = {
    "room": "phòng học",
    "computer": "máy tính, thiết bị",
    "network": "đường truyền",
    "content": "nội dung, tài liệu",
    "people": "con người",
    "time": "thời gian, công việc cơ quan",
    "other": "việc khác",
}
LEVELS = {1: "cơ sở đào tạo hoặc cơ quan, đơn vị", 2: "Sở Nội vụ", 3: "Ủy ban nhân dân tỉnh"}
STATES = {
    "open": "đang xử lý",
    "proposed": "đã đề xuất giải pháp, chờ quyết định",
    "decided": "đã quyết định",
    "closed": "đã xong",
}
REASONS = {
    "conduct.upheld": "Vi phạm nghiêm trọng nội quy lớp học",
    "conduct.undecided": "Việc ghi nhận về nội quy chưa có kết luận",
    "presence.short": "Chưa dự đủ số buổi quy định",
    "presence.pending": "Chưa đến hoặc chưa xong buổi học, học bù",
    "test.low": "Bài kiểm tra dưới mức đạt",
    "test.missing": "Không dự kiểm tra",
    "test.pending": "Chưa kiểm tra hoặc chờ kiểm tra lại",
    "assignment.low": "Bài thu hoạch dưới mức đạt",
    "assignment.missing": "Không nộp bài thu hoạch",
    "assignment.pending": "Chưa nộp bài thu hoạch",
    "assignment.not_graded": "Bài thu hoạch chưa được chấm",
}
FORMS = {
    "baseline": "Tự đánh giá đầu khóa",
    "reaction": "Đánh giá chất lượng khóa bồi dưỡng",
    "follow_up_self": "Sau {month} tháng – tự đánh giá",
    "follow_up_superior": "Sau {month} tháng – thủ trưởng đánh giá",
}
ACTS = {
    "KH": "Kế hoạch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "TT": "Thông tư",
    "NĐ": "Nghị định",
    "CV": "Công văn",
    "L": "Luật",
}


def reason(code: str) -> str:
    """Return why someone is refused or waits, in words."""
    return REASONS.get(code, code)


def form_name(kind: str, month: int) -> str:
    """Return the name of an evaluation form."""
    return FORMS.get(kind, kind).format(month=month)


def act_kind(kind: str) -> str:
    """Return the name of a kind of legal act."""
    return ACTS.get(kind, kind)


def bucket(point: int) -> str:
    """Return the marks of a bucket: 7 stands for 7 to under 8, the last for 10."""
    return "10" if point == 10 else f"{point}–<{point + 1}"


def difficulty_line(one: Mapping[str, Any]) -> str:
    """Return a difficulty in one line: what, where, at which level, how it stands."""
    place = f" tại {one['place']}" if one["place"] else ""
    text = one["text"].rstrip(". ")
    line = f"Số {one['number']} ({CATEGORIES.get(one['category'], one['category'])}){place}: {text}. "
    line += f"Cấp xử lý: {LEVELS[one['level']]}; {STATES[one['state']]}"
    if one["decision"]:
        return f"{line}: {one['decision'].rstrip('. ')}."
    if one["proposal"]:
        return f"{line}; đề xuất: {one['proposal'].rstrip('. ')}."
    return f"{line}."
