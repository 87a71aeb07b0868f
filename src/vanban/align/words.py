"""Words with a meaning of their own when two plans are compared: how binding a verb is, what narrows, what says nothing.

All are written folded (``vanban.text.fold``).
"""

from __future__ import annotations

#: How binding the verb of a duty is: who answers for it, down to who merely takes part. The order is that of usual
#: official writing: one who leads, directs or issues answers for the result; one who organises or carries out does the
#: work; one who guides or proposes leaves the doing to others; one who coordinates does a part that another leads; one
#: who takes part or follows does what is asked. Verbs that are not here do the work themselves (``DOING``).
LADDER: dict[str, int] = {
    "chu tri": 5,
    "chi dao": 5,
    "ban hanh": 5,
    "quyet dinh": 5,
    "phe duyet": 5,
    "chiu trach nhiem": 5,
    "to chuc": 4,
    "trien khai": 4,
    "thuc hien": 4,
    "huong dan": 3,
    "dinh huong": 3,
    "tham muu": 3,
    "de xuat": 3,
    "kien nghi": 3,
    "khuyen khich": 2,
    "phoi hop": 2,
    "ho tro": 2,
    "nghien cuu": 2,
    "tham gia": 1,
    "cu": 1,  # "cử cán bộ tham gia"
    "theo doi": 1,
    "huong ung": 1,
}
DOING = 4
#: Verbs that, put before another verb, leave its doing to someone else ("tham mưu báo cáo", "phối hợp quản lý").
HELPING = frozenset({"tham muu", "phoi hop", "tham gia", "ho tro", "nghien cuu", "khuyen khich", "de xuat"})
#: What makes of a duty something to be tried.
SOFT = frozenset({"phan dau", "co gang", "no luc", "co the", "neu co dieu kien", "khuyen khich"})
#: Words before the verb that tell its manner, not who answers for it.
MANNER = (
    "tiep tuc",
    "chu dong",
    "tich cuc",
    "tang cuong",
    "day manh",
    "thuong xuyen",
    "kip thoi",
    "nghiem tuc",
    "khan truong",
    "co trach nhiem",
    "co nhiem vu",
    "lam tot",
    "tap trung",
    "quan tam",
    "chu trong",
    "cong tac",
    "hang nam",
    "hang quy",
    "hang thang",
    "dinh ky",
    "la don vi",
    "la co quan",
    "lam dau moi",
    "phai",
)
#: How a clause begins that says upon what, not what is to be done.
CONDITIONS = ("tren co so", "can cu", "theo ", "sau khi", "khi ", "trong qua trinh", "tuy theo", "truoc ngay", "de ")
#: What narrows the duty to which it is added, and widens it where it is left out.
NARROWING = (
    "neu co",
    "chi trong",
    "chi doi voi",
    "chi ap dung",
    "chi thuc hien",
    "rieng doi voi",
    "ngoai tru",
    "trong pham vi",
    "thuoc pham vi",
    "trong kha nang",
    "kha nang can doi",
    "theo kha nang",
    "khi co yeu cau",
    "khi can",
    "khi duoc",
    "tuy theo",
    "mot so",
    "thi diem",
    "toi da",
    "khong qua",
    "uu tien",
    "truoc mat",
)
#: Amounts without a figure, from most to least.
AMOUNTS = (
    ("tat ca", "toan bo", "toan the", "moi", "100%", "toan dan"),
    ("phan lon", "hau het", "da so"),
    ("mot so", "thi diem", "diem"),
)
#: What can come or go without changing what is to be done.
EMPTY_PHRASES = (
    "theo dung quy dinh cua phap luat",
    "theo quy dinh cua phap luat",
    "theo quy dinh hien hanh",
    "theo dung quy dinh",
    "theo quy dinh",
    "quy dinh ve",
    "hien hanh",
    "neu tren",
    "noi tren",
    "chu dong",
    "tich cuc",
    "kip thoi",
    "tiep tuc",
    "tren dia ban",
    "tai dia phuong",
    "cua dia phuong",
    "sau day viet tat la",
    "thuc hien",
    "cong tac",
    "quy dinh",
    "chat che",
    "cu the",
)
_SMALL_WORDS = (
    "các những của và để nhằm số về đã cho với có trong tại là được do từ đến này đó theo trên "
    "như một cũng hoặc thì mà bởi đang sẽ vào ra bằng lên qua khi tốt nghiêm hơn phải gồm vẫn đối nhất"
)
STOP = frozenset(_SMALL_WORDS.split())
#: Ways to write the same, each to the first.
SAME = (
    ("bảo đảm", "đảm bảo"),
    ("hằng năm", "hàng năm"),
    ("hằng ngày", "hàng ngày"),
    ("hằng tháng", "hàng tháng"),
    ("hằng quý", "hàng quý"),
    ("hằng tuần", "hàng tuần"),
)
