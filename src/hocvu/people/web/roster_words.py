"""The sentence for each finding in a roster, and for each reason why a file or a row is not read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FILES: dict[str, object] = {
    "people.file_empty": gettext_lazy(
        "This file is empty. Open it, look whether the list is inside, save and send it again."
    ),
    "people.file_large": gettext_lazy("This file is larger than %(most)s MB. Send the list without pictures."),
    "people.file_xls": gettext_lazy(
        "This is a file of Excel 97-2003 (.xls). Open it in Excel, choose “Save as”, “Excel Workbook (.xlsx)”, "
        "and send the new file."
    ),
    "people.file_locked": gettext_lazy(
        "This file is locked with a password. Save it without a password and send it again."
    ),
    "people.file_not_xlsx": gettext_lazy(
        "This is not an Excel list, whatever its name says. Open it, choose “Save as”, “Excel Workbook (.xlsx)”."
    ),
    "people.file_damaged": gettext_lazy(
        "This file is damaged and cannot be opened. Save it again and send the new one."
    ),
    "people.file_swells": gettext_lazy(
        "Unpacked, this file is larger than %(most)s MB, which no list of people is. Copy the list into a new file."
    ),
    "people.file_rows": gettext_lazy(
        "This file reaches beyond row %(most)s. Send it in parts, or clear what lies far below."
    ),
    "people.file_columns": gettext_lazy(
        "This file has more than %(most)s columns. Clear what lies far to the right of the list."
    ),
    "people.file_not_utf8": gettext_lazy(
        "This CSV file is not in UTF-8 (byte %(byte)s). In Excel choose “Save as”, “CSV UTF-8”, or send the .xlsx."
    ),
    "people.file_no_headings": gettext_lazy(
        "No row of headings was found in the first 40 rows. A list needs at least “Họ và tên” and one of "
        "“Ngày sinh”, “Chức vụ”, “Đơn vị”, “CCCD”, “Điện thoại”. The blank list shows how."
    ),
    "people.file_nobody": gettext_lazy("Below the headings (sheet “%(sheet)s”, from cell %(cell)s) there is nobody."),
    "people.file_old_font": gettext_lazy(
        "Cell %(cell)s (sheet “%(sheet)s”) holds “%(text)s”: this is typed for an old font (%(font)s), not in "
        "Unicode. Convert the list to Unicode (UniKey: Ctrl+Shift+F6) and send it again."
    ),
}

FINDINGS: dict[str, object] = {
    "name_missing": gettext_lazy("the name is missing in this row."),
    "name_cleaned": gettext_lazy("hidden characters or letters taken apart were cleaned: “%(name)s”."),
    "name_title": gettext_lazy("“%(title)s” does not belong to the name; read as “%(name)s”."),
    "name_font": gettext_lazy("“%(text)s” is typed for an old font. Type the name in Unicode."),
    "name_letters": gettext_lazy("“%(text)s” holds digits or signs that no name has."),
    "name_long": gettext_lazy("the name beginning “%(text)s…” is longer than 120 letters."),
    "name_short": gettext_lazy("“%(text)s” is only a part of a name. Write family name, middle name and given name."),
    "name_case": gettext_lazy("“%(text)s” is kept as “%(name)s”."),
    "date_form": gettext_lazy("“%(text)s” is not a date. Write dd/mm/yyyy, for example 05/03/1980."),
    "date_impossible": gettext_lazy("there is no day “%(text)s” in the calendar."),
    "date_turned": gettext_lazy("“%(text)s” has month before day; read as %(day)s. Is that right?"),
    "date_swapped": gettext_lazy(
        "the spreadsheet seems to have exchanged day and month in this list (all its real dates have a day up to "
        "12, the typed ones do not): %(before)s is read as %(after)s. Is that right?"
    ),
    "date_year_only": gettext_lazy("only the year %(year)s is known."),
    "date_month_only": gettext_lazy("“%(text)s” has no day: only the year %(year)s is kept."),
    "date_year_two": gettext_lazy("“%(text)s” has a year of two digits, read as %(year)s."),
    "date_number": gettext_lazy("a number stood where a date belongs, read as %(day)s."),
    "date_digits": gettext_lazy("“%(text)s” had no strokes and was read as a date."),
    "date_future": gettext_lazy("%(text)s lies in the future."),
    "date_age": gettext_lazy("by this date the person is %(age)s years old. Is that right?"),
    "birth_missing": gettext_lazy("the birth date is missing. The attestation needs it."),
    "birth_twice": gettext_lazy("both the column for men and the one for women are filled. Leave one empty."),
    "id_zero": gettext_lazy("the spreadsheet took the leading zero away: %(text)s is kept as %(number)s."),
    "id_old": gettext_lazy(
        "%(text)s is an old identity card number of 9 digits. It is not kept; ask for the 12 digits."
    ),
    "id_exponent": gettext_lazy(
        "“%(text)s” lost its last digits. Format the column as text and type the number again."
    ),
    "id_form": gettext_lazy("“%(text)s” is not an identity number."),
    "id_length": gettext_lazy("%(text)s has %(count)s digits; an identity number has 12."),
    "id_province": gettext_lazy("%(text)s does not begin as identity numbers do. Look at it again."),
    "id_year": gettext_lazy("the identity number tells of the birth year %(number_year)s, the list says %(year)s."),
    "id_sex": gettext_lazy("the identity number tells of the other sex than the list."),
    "id_other_name": gettext_lazy("this identity number belongs to somebody else already known here (%(name)s)."),
    "phone_zero": gettext_lazy("the leading zero was lost: kept as %(number)s."),
    "phone_old": gettext_lazy("%(text)s is a number of before 2018, kept as %(number)s."),
    "phone_two": gettext_lazy("there are two numbers, “%(text)s”; the first one, %(kept)s, is kept."),
    "phone_form": gettext_lazy("“%(text)s” is not a phone number of Vietnam."),
    "phone_missing": gettext_lazy("the phone number is missing. Most people are reached by phone only."),
    "email_form": gettext_lazy("“%(text)s” is not an e-mail address."),
    "email_shared": gettext_lazy("%(count)s people of this list share the address %(email)s."),
    "sex_form": gettext_lazy("“%(text)s” is neither Nam nor Nữ and is left open."),
    "cell_error": gettext_lazy("the cell shows %(text)s: its formula has gone wrong."),
    "twice_id": gettext_lazy("%(name)s has the same identity number as row %(row)s (sheet “%(sheet)s”)."),
    "twice_name": gettext_lazy(
        "%(name)s stands in row %(row)s (sheet “%(sheet)s”) already, born on the same day. Take one row away, or "
        "give both identity numbers if they are two people."
    ),
    "namesake": gettext_lazy(
        "%(name)s is also the name in row %(row)s; the identity numbers differ, so they are two people."
    ),
    "known_perhaps": gettext_lazy(
        "somebody called %(name)s is known in this agency already. Say below if it is the same."
    ),
    "known_moves": gettext_lazy("%(name)s is known in another agency. Say below whether they move here."),
    "known_elsewhere": gettext_lazy(
        "this person is listed by another agency. The Department of Home Affairs moves people between agencies."
    ),
    "unit_elsewhere": gettext_lazy("“%(unit)s” is another agency. Send its people in its own list."),
    "row_unclear": gettext_lazy("it is not clear what this row is: “%(text)s”. Complete it or take it away."),
}


def finding_sentence(finding: dict[str, Any], *, several: bool = True) -> str:
    """Return the sentence of a finding, with the cell and, where there are ``several``, the sheet."""
    code, data = str(finding["code"]), dict(finding["data"])
    if code in FILES:
        return str(FILES[code]) % data
    sheet, cell = finding["sheet"], finding["cell"]
    if code in WHOLE:
        return str(WHOLE[code]) % (data | {"sheet": sheet, "cell": cell})
    words = str(FINDINGS[code]) % data
    if sheet and several:
        return _("Cell %(cell)s (sheet “%(sheet)s”): %(words)s") % {"cell": cell, "sheet": sheet, "words": words}
    return _("Cell %(cell)s: %(words)s") % {"cell": cell, "words": words}


# Remarks on a sheet, a column or the whole list; they say themselves where.
WHOLE: dict[str, object] = {
    "sheet_hidden": gettext_lazy("The sheet “%(sheet)s” is hidden and was not read (rows: %(rows)s)."),
    "sheet_no_headings": gettext_lazy(
        "The sheet “%(sheet)s” has no headings of a list and was not read (rows: %(rows)s)."
    ),
    "column_unknown": gettext_lazy("Cell %(cell)s: the column “%(heading)s” is not known and is not taken in."),
    "column_dropped": gettext_lazy("Cell %(cell)s: the column “%(heading)s” is sensitive and is never taken in."),
    "column_unused": gettext_lazy("Cell %(cell)s: the column “%(heading)s” is not needed and is not taken in."),
    "column_twice": gettext_lazy("Cell %(cell)s: a second column “%(heading)s”; only the first is read."),
    "count_differs": gettext_lazy(
        "Cell %(cell)s: the list says it has %(told)s people, but %(read)s were read. Is one missing?"
    ),
    "unit_kept": gettext_lazy(
        "“%(unit)s” is no organisation of its own here; its people (%(count)s) are entered under %(organisation)s."
    ),
}

SKIPPED = {
    "above": gettext_lazy("rows above the list and headings"),
    "heading": gettext_lazy("headings repeated"),
    "group": gettext_lazy("heading of a group"),
    "total": gettext_lazy("total"),
    "signature": gettext_lazy("signature or note below the list"),
    "sheet_hidden": gettext_lazy("hidden sheet"),
    "sheet_no_headings": gettext_lazy("sheet without headings"),
    "unclear": gettext_lazy("row not understood"),
}
ACTIONS = {
    "new": (gettext_lazy("new"), "green"),
    "update": (gettext_lazy("known, changes"), "blue"),
    "same": (gettext_lazy("known, no change"), "grey"),
    "ask": (gettext_lazy("asked below"), "yellow"),
    "error": (gettext_lazy("error"), "red"),
    "skip": (gettext_lazy("not a person"), "grey"),
}
