# ruff: noqa: E501 - sentences stay on one line
"""A commune's plan in running form: every item ends with a bracket that names units and time."""

from corpus.generator.forms import Form
from corpus.generator.spec import Closing, Document, Letterhead
from corpus.generator.writing import assigned, by, duties, every, ongoing, prose, section, share, task

FORM = Form(file="pdf", shape="bracket", scheme="classic")

DOCUMENT = Document(
    name="xa-nambang-kh-duoi-nuoc",
    letterhead=Letterhead(
        issuer="Ủy ban nhân dân xã Nam Bằng",
        lines=("ỦY BAN NHÂN DÂN", "XÃ NAM BẰNG"),
        number="57/KH-UBND",
        kind="Kế hoạch",
        place="Nam Bằng",
        day="2026-04-20",
        subject="Phòng, chống tai nạn đuối nước cho trẻ em, học sinh trên địa bàn xã năm 2026",
    ),
    opening=(
        prose(
            "Căn cứ Kế hoạch số 97/KH-UBND ngày 31/3/2026 của UBND tỉnh về phòng, chống tai nạn thương tích trẻ em năm 2026, "
            "UBND xã Nam Bằng xây dựng kế hoạch thực hiện như sau:"
        ),
    ),
    body=(
        section(
            "MỤC ĐÍCH, YÊU CẦU",
            section(
                "Mục đích",
                prose(
                    "Giảm thiểu số vụ trẻ em bị đuối nước, tạo môi trường sống an toàn cho trẻ em trong dịp nghỉ hè."
                ),
                rank="head",
            ),
            section(
                "Yêu cầu",
                prose(
                    "Huy động sự tham gia của gia đình, nhà trường và toàn xã hội; các hoạt động thiết thực, tránh hình thức."
                ),
                rank="head",
            ),
        ),
        section(
            "CHỈ TIÊU",
            *(
                prose(
                    "100% ao, hồ, hố công trình có nguy cơ được rào chắn hoặc cắm biển cảnh báo trước ngày 01/6/2026.",
                    "dash",
                    targets=[
                        share(
                            "100% ao, hồ, hố công trình có nguy cơ được rào chắn hoặc cắm biển cảnh báo",
                            "ao, hồ, hố công trình có nguy cơ được rào chắn hoặc cắm biển cảnh báo",
                            100,
                            by="2026-06-01",
                        )
                    ],
                ),
                prose(
                    "Ít nhất 150 trẻ em từ 8 đến 15 tuổi biết bơi an toàn trong năm 2026.",
                    "dash",
                    targets=[
                        share(
                            "Ít nhất 150 trẻ em từ 8 đến 15 tuổi biết bơi an toàn",
                            "trẻ em từ 8 đến 15 tuổi biết bơi an toàn",
                            150,
                            "trẻ em",
                            sign=">=",
                            by="2026-12-31",
                        )
                    ],
                ),
            ),
        ),
        section(
            "NỘI DUNG THỰC HIỆN",
            assigned(
                "Rà soát, lập danh sách các khu vực ao, hồ, kênh mương nguy hiểm trên địa bàn từng thôn.",
                lead=["Phòng Kinh tế"],
                support=["Trưởng các thôn"],
                due=by("trước ngày 10/5/2026", "2026-05-10"),
            ),
            assigned(
                "Cắm biển cảnh báo, làm rào chắn tại các điểm đã rà soát.",
                lead=["Công an xã"],
                support=["Đoàn Thanh niên xã", "Trưởng các thôn"],
                due=by("trước ngày 01/6/2026", "2026-06-01"),
            ),
            assigned(
                "Mở 06 lớp dạy bơi miễn phí trong dịp hè tại bể bơi Trường THCS Nam Bằng.",
                lead=["Đoàn Thanh niên xã"],
                support=["Trường THCS Nam Bằng", "Trạm Y tế xã"],
                due=by("từ ngày 10/6 đến ngày 15/8/2026", "2026-08-15", "2026-06-10"),
                targets=[
                    share(
                        "Mở 06 lớp dạy bơi miễn phí trong dịp hè tại bể bơi Trường THCS Nam Bằng",
                        "lớp dạy bơi miễn phí",
                        6,
                        "lớp",
                        by="2026-08-15",
                    )
                ],
            ),
            assigned(
                "Tuyên truyền kỹ năng an toàn trong môi trường nước trên hệ thống truyền thanh xã.",
                lead=["Phòng Văn hóa - Xã hội"],
                due=ongoing("thường xuyên"),
            ),
            assigned(
                "Kiểm tra các bến đò ngang, phương tiện chở học sinh qua sông.",
                lead=["Công an xã"],
                support=["Phòng Kinh tế"],
                due=every("hằng tháng", "FREQ=MONTHLY"),
            ),
            assigned(
                "Tổng kết, khen thưởng các tập thể, cá nhân có thành tích.",
                lead=["Phòng Văn hóa - Xã hội"],
                support=["Văn phòng HĐND và UBND xã"],
                due=by("tháng 12/2026", "2026-12-31"),
            ),
        ),
        section(
            "TỔ CHỨC THỰC HIỆN",
            duties(
                "Phòng Văn hóa - Xã hội",
                "Tham mưu UBND xã chỉ đạo, theo dõi việc thực hiện Kế hoạch.",
                task(
                    "Tổng hợp, báo cáo UBND tỉnh kết quả thực hiện 6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/11/2026.",
                    due=by("6 tháng trước ngày 10/6, báo cáo năm trước ngày 10/11/2026", "2026-11-10"),
                ),
            ),
            duties(
                "Hiệu trưởng các trường học trên địa bàn xã",
                task(
                    "Tổ chức cho học sinh và phụ huynh ký cam kết không tắm sông, suối; hoàn thành trước ngày 25/5/2026.",
                    due=by("trước ngày 25/5/2026", "2026-05-25"),
                ),
            ),
            duties(
                "Trưởng các thôn",
                "Vận động các gia đình lấp, đậy hoặc rào chắn giếng nước, hố nước không sử dụng.",
                "Kịp thời thông tin cho Công an xã khi phát hiện trẻ em tắm tại khu vực nguy hiểm.",
            ),
        ),
    ),
    closing=Closing(
        ("UBND tỉnh (b/c);", "TT Đảng ủy, TT HĐND xã;", "Các đơn vị tại mục IV (t/h);", "Lưu: VT."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        "Hà Thị Thu Trang",
    ),
)
