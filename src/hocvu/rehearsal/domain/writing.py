"""What simulated people write: short Vietnamese texts, invented."""

from .behaviour import chance

_WORK = (
    "sắp xếp lại thư mục công việc theo năm và lĩnh vực",
    "tiếp nhận hồ sơ trên hệ thống giải quyết thủ tục hành chính",
    "soạn kế hoạch tuần theo mẫu của Nghị định 30/2020",
    "lọc danh sách hộ dân bằng bảng tính thay cho đếm tay",
    "kiểm chứng một thông báo lạ trước khi chuyển cho đồng nghiệp",
    "bật xác thực hai lớp cho hộp thư công vụ",
    "dùng trợ lý ảo tóm tắt văn bản rồi đối chiếu với bản gốc",
    "hướng dẫn người dân nộp hồ sơ trực tuyến tại bộ phận một cửa",
)
_RESULT = (
    "thời gian tìm tài liệu giảm rõ",
    "ít phải đi lại và in giấy hơn",
    "đồng nghiệp trong phòng cùng làm theo",
    "người dân không phải bổ sung hồ sơ lần hai",
    "báo cáo gửi đúng hạn và đúng thể thức",
)


def assignment_text(seed: int, person: str) -> str:
    """Return a final assignment of four sentences."""
    draw = chance(seed, person, "writes")
    first, second = draw.sample(_WORK, 2)
    return (
        f"Bài thu hoạch. Sau khóa bồi dưỡng, tôi chọn áp dụng hai việc: {first}; {second}. "
        f"Việc thứ nhất tôi đã làm thử trên máy tập và ghi lại từng bước. "
        f"Kết quả mong đợi: {draw.choice(_RESULT)}. "
        f"Khó khăn dự kiến là thói quen cũ; tôi sẽ nhờ đồng nghiệp nhắc và báo cáo lãnh đạo sau một tháng."
    )


def case_text(seed: int, person: str) -> str:
    """Return one concrete case in which the training was applied."""
    draw = chance(seed, person, "case")
    return f"Tôi đã {draw.choice(_WORK)}; {draw.choice(_RESULT)}."


def change_text(seed: int, person: str) -> str:
    """Return one change in the way of working."""
    return f"Trước đây làm thủ công, nay tôi {chance(seed, person, 'change').choice(_WORK)} hằng tuần."
