"""Why a file could not be read, as a sentence that says what to do, in Vietnamese and in English."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read. ``code`` is a stable name, one of ``MESSAGES``; ``vi`` and ``en`` are complete
    sentences that say what happened and what to do; ``keep`` tells whether the original is safe to keep."""

    def __init__(self, code: str, vi: str, en: str, *, keep: bool = True) -> None:
        super().__init__(en)
        self.code = code
        self.vi = vi
        self.en = en
        self.keep = keep


# code -> (Vietnamese, English). Braces are filled by ``unreadable``.
MESSAGES: dict[str, tuple[str, str]] = {
    "missing": (
        "Không tìm thấy tệp {name}. Bạn hãy kiểm tra lại đường dẫn.",
        "There is no file {name}. Check the path.",
    ),
    "not-a-file": (
        "{name} là thư mục hoặc thiết bị, không phải tệp. Bạn hãy chọn một tệp.",
        "{name} is a folder or a device, not a file. Choose a file.",
    ),
    "forbidden": (
        "Bạn không có quyền đọc tệp {name}. Hãy cấp quyền đọc cho tệp hoặc sao chép tệp ra thư mục của bạn.",
        "You may not read the file {name}. Give yourself the right to read it, or copy it to a folder of your own.",
    ),
    "io": (
        "Không đọc được tệp {name} vì lỗi ổ đĩa hoặc mạng. Bạn hãy sao chép tệp về máy rồi thử lại.",
        "The disk or the network failed while {name} was being read. Copy the file to this machine and try again.",
    ),
    "empty": (
        "Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp văn bản.",
        "The file has nothing in it. Check it and choose the right document.",
    ),
    "too-large": (
        "Tệp lớn hơn {limit} MB nên không đọc được. Bạn hãy giảm dung lượng ảnh trong tệp hoặc tách tệp ra.",
        "The file is larger than {limit} MB. Make its pictures smaller, or split it.",
    ),
    "too-many-pages": (
        "Tệp có {pages} trang, nhiều hơn mức {limit} trang đọc được. Bạn hãy tách riêng phần kế hoạch rồi thử lại.",
        "The file has {pages} pages; at most {limit} can be read. Take out the part with the plan and try again.",
    ),
    "too-much-text": (
        "Tệp chứa quá nhiều nội dung nên không đọc hết được. Bạn hãy tách riêng phần kế hoạch rồi thử lại.",
        "The file holds too much text to be read. Take out the part with the plan and try again.",
    ),
    "encrypted": (
        "Tệp được bảo vệ bằng mật khẩu. Bạn hãy nhập mật khẩu của tệp; mật khẩu không được lưu lại.",
        "The file is protected by a password. Give the password; it is not stored.",
    ),
    "wrong-password": (
        "Mật khẩu không đúng. Bạn hãy kiểm tra chữ hoa, chữ thường và nhập lại.",
        "The password is wrong. Check capital and small letters and give it again.",
    ),
    "encrypted-office": (
        "Tệp Word được bảo vệ bằng mật khẩu nên chưa đọc được. Bạn hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx "
        "rồi thử lại.",
        "The Word file is protected by a password and cannot be read. Open it in Word, remove the password, save it as "
        ".docx and try again.",
    ),
    "encrypted-pdf-method": (
        "Tệp PDF được khóa bằng cách mà chương trình không mở được. Bạn hãy mở tệp, bỏ bảo vệ, lưu lại rồi thử lại.",
        "The PDF is locked in a way that cannot be opened here. Open it, remove the protection, save it and try again.",
    ),
    "damaged": (
        "Tệp {kind} bị hỏng hoặc tải về chưa đủ. Bạn hãy lấy lại tệp gốc; nếu mở được bằng phần mềm khác, hãy lưu lại "
        "thành tệp mới rồi thử lại.",
        "The {kind} file is damaged or was not downloaded completely. Get the original again; if another program opens "
        "it, save it as a new file and try again.",
    ),
    "no-text": (
        "Tệp PDF không có chữ nào để đọc. Bạn hãy xuất lại PDF từ Word, hoặc dán nội dung văn bản vào.",
        "The PDF holds nothing to read. Export it again from Word, or paste the text.",
    ),
    "no-letters": (
        "Phông chữ trong tệp PDF không cho biết chữ nào là chữ nào nên không đọc được. Bạn hãy xuất lại PDF từ Word, "
        "hoặc dán nội dung văn bản vào.",
        "The fonts in the PDF do not say which letter is which, so that it cannot be read. Export it again from Word, or "
        "paste the text.",
    ),
    "image": (
        "Chưa đọc được ảnh dạng {kind}. Bạn hãy lưu lại ảnh dạng JPEG hoặc PNG rồi thử lại.",
        "Pictures of the kind {kind} are not read. Save it as JPEG or PNG and try again.",
    ),
    "ocr-missing": (
        "Đây là bản quét hoặc ảnh chụp, mà máy chủ chưa cài phần mềm đọc chữ trong ảnh. Bạn hãy báo quản trị viên chạy: "
        "sudo apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd; trong lúc chờ, hãy dùng tệp Word, PDF "
        "có chữ hoặc dán nội dung văn bản vào.",
        "This is a scan or a photograph, and the program that reads text in pictures is not installed here. Ask the "
        "administrator to run: sudo apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd; until then use the "
        "Word file, a PDF with text, or paste the text.",
    ),
    "ocr-failed": (
        "Phần mềm đọc chữ trong ảnh đã dừng giữa chừng. Bạn hãy thử lại; nếu vẫn không được, hãy quét lại trang ở 200 "
        "đến 300 dpi.",
        "The program that reads text in pictures stopped half-way. Try again; if it fails again, scan the pages anew at "
        "200 to 300 dpi.",
    ),
    "no-words": (
        "Không thấy chữ nào trong ảnh. Bạn hãy chụp hoặc quét lại cho rõ, đủ sáng, để trang giấy nằm trọn trong ảnh.",
        "No words are seen in the picture. Photograph or scan it again, sharp, in good light, the whole sheet in it.",
    ),
    "picture-too-large": (
        "Ảnh có quá nhiều điểm ảnh nên đã bị từ chối (tối đa {limit} triệu). Bạn hãy quét ở 300 dpi hoặc giảm kích thước "
        "ảnh rồi thử lại.",
        "The picture has too many pixels and was refused (at most {limit} million). Scan at 300 dpi or make it smaller, "
        "and try again.",
    ),
    "picture-too-small": (
        "Ảnh quá nhỏ, không đủ rõ để đọc chữ. Bạn hãy chụp lại gần hơn hoặc quét ở 200 đến 300 dpi.",
        "The picture is too small to be read. Take it again from nearer, or scan at 200 to 300 dpi.",
    ),
    "spreadsheet": (
        "Đây là bảng tính ({kind}), không phải văn bản. Bạn hãy dùng tệp Word, PDF hoặc văn bản của kế hoạch; nếu kế "
        "hoạch nằm trong bảng tính, hãy in ra PDF rồi thử lại.",
        "This is a spreadsheet ({kind}), not a document. Use the plan's Word, PDF or text file; if the plan is in the "
        "spreadsheet, print it to PDF and try again.",
    ),
    "office-missing": (
        "Đây là tệp {kind}. Máy chủ chưa có LibreOffice nên chưa đọc được dạng này: người quản trị cài bằng lệnh "
        "“apt install libreoffice-writer-nogui”, hoặc bạn mở bằng Word, lưu lại dạng .docx rồi thử lại.",
        "This is a {kind} file. LibreOffice, which reads it, is not installed: the administrator installs it with "
        "“apt install libreoffice-writer-nogui”, or you open the file in Word, save it as .docx and try again.",
    ),
    "other-format": (
        "Đây là tệp {kind}, dạng chưa đọc được. Bạn hãy lưu lại dạng .docx hoặc PDF rồi thử lại.",
        "This is a {kind} file, a format that is not read. Save it as .docx or PDF and try again.",
    ),
    "binary": (
        "Tệp không phải là văn bản. Bạn hãy chọn tệp .docx, PDF, HTML, .txt hoặc ảnh chụp trang giấy.",
        "The file is not a document. Choose a .docx, PDF, HTML or .txt file, or a picture of the pages.",
    ),
    "encoding": (
        "Tệp văn bản dùng bảng mã chưa đọc được. Bạn hãy mở tệp và lưu lại với bảng mã UTF-8 rồi thử lại.",
        "The text file uses an encoding that is not read. Open it, save it as UTF-8 and try again.",
    ),
    "bomb": (
        "Tệp phình ra quá lớn khi giải nén nên đã bị từ chối để giữ an toàn. Bạn hãy mở bằng Word, lưu thành tệp mới "
        "rồi thử lại.",
        "The file grows far too large when unpacked and was refused for safety. Open it in Word, save it as a new file "
        "and try again.",
    ),
    "unsafe-xml": (
        "Tệp chứa khai báo XML không an toàn nên đã bị từ chối. Bạn hãy mở bằng Word, lưu thành tệp mới rồi thử lại.",
        "The file holds unsafe XML declarations and was refused. Open it in Word, save it as a new file and try again.",
    ),
}

# What may do harm, or fill the disk, is not kept.
_NOT_KEPT = {"bomb", "unsafe-xml", "too-large"}


def unreadable(code: str, **values: object) -> Unreadable:
    """The error for ``code`` with both its sentences filled in from ``values`` (KeyError for an unknown code)."""
    vi, en = MESSAGES[code]
    return Unreadable(code, vi.format(**values), en.format(**values), keep=code not in _NOT_KEPT)
