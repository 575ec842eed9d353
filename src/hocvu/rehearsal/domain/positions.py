"""What invented people do: job groups, positions as rosters write them, tracks and target groups."""

from random import Random

from hocvu.rehearsal.domain.types import SyntheticOrganisation

# Title of the head and of the deputies, by the first words of the unit's Vietnamese name or by its kind.
_BY_KIND = {
    "commune": ("Chủ tịch UBND", "Phó Chủ tịch UBND"),
    "police_post": ("Trưởng Công an", "Phó Trưởng Công an"),
    "kindergarten": ("Hiệu trưởng", "Phó Hiệu trưởng"),
    "primary_school": ("Hiệu trưởng", "Phó Hiệu trưởng"),
    "lower_secondary_school": ("Hiệu trưởng", "Phó Hiệu trưởng"),
    "upper_secondary_school": ("Hiệu trưởng", "Phó Hiệu trưởng"),
    "education_centre": ("Giám đốc", "Phó Giám đốc"),
    "health_station": ("Trưởng trạm", "Phó Trưởng trạm"),
    "polyclinic": ("Trưởng phòng khám", "Phó Trưởng phòng khám"),
    "hospital": ("Giám đốc", "Trưởng khoa"),
    "health_centre": ("Giám đốc", "Trưởng khoa"),
    "front_mass": ("Chủ tịch", "Phó Chủ tịch"),
    "state_department": ("Giám đốc Sở", "Phó Giám đốc Sở"),
}
_BY_NAME = (
    ("Ban Giám đốc", ("Giám đốc", "Phó Giám đốc")),
    ("Ban Giám hiệu", ("Hiệu trưởng", "Phó Hiệu trưởng")),
    ("Ban Biên tập", ("Tổng Biên tập", "Phó Tổng Biên tập")),
    ("Ban Quản lý", ("Giám đốc", "Phó Giám đốc")),
    ("Các khoa", ("Trưởng khoa", "Phó Trưởng khoa")),
    ("Lãnh đạo", ("Chánh Văn phòng", "Phó Chánh Văn phòng")),
    ("Văn phòng", ("Chánh Văn phòng", "Phó Chánh Văn phòng")),
    ("Thanh tra", ("Chánh Thanh tra", "Phó Chánh Thanh tra")),
    ("Chi cục", ("Chi cục trưởng", "Phó Chi cục trưởng")),
    ("Tòa", ("Chánh tòa", "Phó Chánh tòa")),
    ("Trung tâm", ("Giám đốc", "Phó Giám đốc")),
    ("Bảo tàng", ("Giám đốc", "Phó Giám đốc")),
    ("Trại", ("Giám thị", "Phó Giám thị")),
    ("Bệnh xá", ("Bệnh xá trưởng", "Phó Bệnh xá trưởng")),
    ("Phòng", ("Trưởng phòng", "Phó Trưởng phòng")),
    ("Tỉnh Đoàn", ("Bí thư", "Phó Bí thư")),
    ("Đảng ủy", ("Bí thư", "Phó Bí thư")),
    ("Huyện ủy", ("Bí thư", "Phó Bí thư")),
    ("Thị ủy", ("Bí thư", "Phó Bí thư")),
    ("Thành ủy", ("Bí thư", "Phó Bí thư")),
    ("Ủy ban Kiểm tra", ("Chủ nhiệm", "Phó Chủ nhiệm")),
)
# Bodies whose first office seats the head of the whole body.
_BY_BODY = {
    "TTT-01": ("Chánh Thanh tra tỉnh", "Phó Chánh Thanh tra tỉnh"),
    "TAND-01": ("Chánh án", "Phó Chánh án"),
    "VKSND-01": ("Viện trưởng", "Phó Viện trưởng"),
    "BQLKKT-01": ("Trưởng ban", "Phó Trưởng ban"),
}
_SPECIALISTS = {
    "commune": (
        "Công chức Văn phòng - thống kê", "Công chức Tư pháp - hộ tịch", "Công chức Địa chính - xây dựng",
        "Công chức Tài chính - kế toán", "Công chức Văn hóa - xã hội", "Cán bộ Ủy ban MTTQ",
        "Cán bộ Đoàn Thanh niên",
        "Cán bộ Hội Liên hiệp Phụ nữ", "Cán bộ Hội Nông dân", "Cán bộ Hội Cựu chiến binh",
    ),
    "party": ("Chuyên viên", "Chuyên viên", "Chuyên viên chính"),
    "state": ("Chuyên viên", "Chuyên viên", "Chuyên viên", "Chuyên viên chính", "Viên chức"),
}  # fmt: skip
_OTHERS = {
    "clerk": ("Văn thư - lưu trữ", "Kế toán", "Nhân viên hành chính"),
    "clerk-education": ("Nhân viên văn thư", "Nhân viên kế toán", "Nhân viên thư viện", "Nhân viên thiết bị"),
    "officer": ("Cán bộ", "Cán bộ", "Cán bộ", "Cán bộ tổng hợp"),
    "doctor": ("Bác sĩ", "Bác sĩ", "Bác sĩ chuyên khoa I"),
    "nurse": ("Điều dưỡng", "Điều dưỡng", "Hộ sinh", "Kỹ thuật viên", "Dược sĩ", "Y sĩ"),
}
_TEACHERS = {
    "kindergarten": "Giáo viên mầm non", "primary_school": "Giáo viên tiểu học",
    "lower_secondary_school": "Giáo viên THCS", "upper_secondary_school": "Giáo viên THPT",
    "education_centre": "Giáo viên",
}  # fmt: skip
_MALE_SHARE = {
    "police": 0.84, "health": 0.36, "state": 0.57, "party": 0.58, "commune": 0.56,
    "kindergarten": 0.01, "primary_school": 0.2, "lower_secondary_school": 0.36,
    "upper_secondary_school": 0.42,
    "education_centre": 0.5,
}  # fmt: skip


def leader_share(rng: Random, nominated: int) -> int:
    """Return how many of an agency's nominated people lead it: 8 to 16 %, at least the head."""
    return max(1, min(nominated, round(nominated * rng.uniform(0.08, 0.16))))


def draw_job_group(rng: Random, sector: str) -> str:
    """Return the job group of a member of staff who does not lead."""
    if sector == "education":
        return "teacher" if rng.random() < 0.9 else "clerk"
    if sector == "health":
        return "doctor" if rng.random() < 0.3 else "nurse"
    if sector == "police":
        return "officer"
    return "specialist" if rng.random() < 0.75 else "clerk"


def track_of(sector: str, job_group: str) -> str:
    """Return the track of the programme: what this person should learn."""
    if sector == "education":
        return "ON-TEACH" if job_group == "teacher" else "ON-SCHMGT"
    if sector == "health":
        return "ON-NURSE" if job_group == "nurse" else "ON-DOC"
    if job_group == "leader":
        return "IP-LEAD"
    return {"police": "IP-POL", "commune": "IP-COMM", "party": "IP-PARTY"}.get(sector, "IP-ADMIN")


def target_group_of(sector: str, job_group: str) -> str:
    """Return the target group of the plan; leaders of schools and health units stay with their sector."""
    if sector in ("education", "health"):
        return "GD" if sector == "education" else "YT"
    if job_group == "leader":
        return "LD"
    return {"police": "CA", "commune": "XA"}.get(sector, "SN")


def male_share(agency: SyntheticOrganisation) -> float:
    """Return the share of men among an agency's staff (invented)."""
    return _MALE_SHARE.get(agency.kind, _MALE_SHARE.get(agency.sector, 0.5))


def _titles(agency: SyntheticOrganisation) -> tuple[str, str]:
    if agency.code in _BY_BODY:
        return _BY_BODY[agency.code]
    if agency.name_vi.startswith("Ban Giám đốc") and " - Sở " in agency.name_vi:
        return _BY_KIND["state_department"]
    if agency.kind in _BY_KIND:
        head, deputy = _BY_KIND[agency.kind]
    else:
        head, deputy = next(
            (titles for start, titles in _BY_NAME if agency.name_vi.startswith(start)),
            ("Trưởng ban", "Phó Trưởng ban"),
        )
    if agency.kind in ("commune", "police_post"):  # "Chủ tịch UBND xã", "Trưởng Công an phường"
        kind = next(k for k in ("thị trấn", "phường", "xã") if f" {k} " in agency.name_vi)
        return f"{head} {kind}", f"{deputy} {kind}"
    return head, deputy


def position_of(rng: Random, agency: SyntheticOrganisation, job_group: str, *, head: bool) -> str:
    """Return the position as a roster would write it."""
    if job_group == "leader":
        return _titles(agency)[0 if head else 1]
    if job_group == "teacher":
        return _TEACHERS.get(agency.kind, "Giáo viên")
    if job_group == "specialist":
        return rng.choice(_SPECIALISTS.get(agency.sector, _SPECIALISTS["state"]))
    return rng.choice(_OTHERS.get(f"{job_group}-{agency.sector}", _OTHERS[job_group]))
