"""The blank list that agencies fill in: one row of headings, identity numbers and phones kept as text."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

# Headings stay Vietnamese: agencies of the province fill it in, whoever downloads it.
HEADINGS = (
    ("STT", 6), ("Họ và tên", 30), ("Ngày, tháng, năm sinh", 16), ("Giới tính", 10), ("Chức vụ, chức danh", 28),
    ("Cơ quan, đơn vị công tác", 36), ("Số CCCD", 18), ("Số điện thoại", 16), ("Thư điện tử", 28),
)  # fmt: skip
ROWS = 500


def roster_template(organisation: str) -> bytes:
    """Return the blank list as .xlsx, with the agency's name above the headings."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Danh sách")
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        as_text = book.add_format({"num_format": "@"})
        sheet.write_string(0, 0, organisation, book.add_format({"bold": True}))
        sheet.write_string(1, 0, _("One person a row, below the headings. Write dates as dd/mm/yyyy."))
        sheet.write_string(2, 0, _("Nothing about party membership, ethnicity, religion or health, please."))
        for at, (heading, width) in enumerate(HEADINGS):
            sheet.set_column(at, at, width, as_text if at else None)
            sheet.write_string(3, at, heading, bold)
        sheet.data_validation(4, 3, 3 + ROWS, 3, {"validate": "list", "source": ["Nam", "Nữ"]})
        sheet.freeze_panes(4, 2)
    return buffer.getvalue()
