"""The words of labels in each world: the tuning variants, the practice variants, the scoring variants.

Source: the forms of 1989 to 2024 and variants as offices and their software print them; some of the practice and the
scoring world are invented. A label of the scoring world may be the one of the circular: most papers print that.
"""

from __future__ import annotations

Variants = tuple[str, ...]

LABELS: dict[str, tuple[Variants, Variants, Variants]] = {
    "parcel": (
        ("Thửa đất số",),
        ("Thửa đất số", "Số thửa", "Thửa số", "Số hiệu thửa đất"),
        ("Thửa đất số", "Thửa đất", "Số hiệu thửa", "Thửa số", "Thửa đất (số)"),
    ),
    "sheet": (
        ("tờ bản đồ số",),
        ("tờ bản đồ số", "số tờ bản đồ", "tờ BĐ số", "tờ bản đồ địa chính số"),
        ("Tờ bản đồ", "thuộc tờ bản đồ số", "tờ bản đồ số", "số hiệu tờ bản đồ", "tờ BĐĐC số"),
    ),
    "address": (
        ("Địa chỉ", "Địa chỉ", "Địa chỉ thửa đất"),
        ("Địa chỉ thửa đất", "Địa chỉ", "Vị trí thửa đất"),
        ("Địa chỉ", "Địa chỉ thửa đất", "Địa điểm thửa đất", "Tại địa chỉ", "Địa chỉ thửa"),
    ),
    "area": (
        ("Diện tích",),
        ("Diện tích", "Diện tích thửa đất", "Tổng diện tích"),
        ("Diện tích", "Diện tích đất", "Diện tích sử dụng", "DT thửa đất", "Diện tích được cấp"),
    ),
    "area_words": (
        ("bằng chữ",),
        ("Bằng chữ", "viết bằng chữ", "ghi bằng chữ"),
        ("bằng chữ", "Viết bằng chữ", "Diện tích bằng chữ", "Ghi bằng chữ"),
    ),
    "form": (
        ("Hình thức sử dụng",),
        ("Hình thức sử dụng", "Hình thức sử dụng đất", "Hình thức SDĐ"),
        (
            "Hình thức sử dụng",
            "Hình thức sử dụng",
            "Hình thức SD đất",
            "Hình thức sử dụng thửa đất",
            "Hình thức sử dụng",
        ),
    ),
    "purpose": (
        ("Mục đích sử dụng",),
        ("Mục đích sử dụng đất", "Mục đích sử dụng", "Mục đích SDĐ"),
        ("Mục đích sử dụng", "Mục đích", "Mục đích SD đất", "Loại đất, mục đích sử dụng", "Sử dụng vào mục đích"),
    ),
    "term": (
        ("Thời hạn sử dụng",),
        ("Thời hạn sử dụng đất", "Thời hạn sử dụng", "Thời hạn SDĐ"),
        ("Thời hạn sử dụng", "Thời hạn", "Thời hạn SD đất", "Thời gian sử dụng đất", "Thời hạn được sử dụng"),
    ),
    "origin": (
        ("Nguồn gốc sử dụng",),
        ("Nguồn gốc sử dụng đất", "Nguồn gốc sử dụng", "Nguồn gốc SDĐ"),
        ("Nguồn gốc sử dụng", "Nguồn gốc", "Nguồn gốc SD đất", "Nguồn gốc thửa đất", "Nguồn gốc đất"),
    ),
    "kind_of_land": (
        ("Loại đất",),
        ("Loại đất", "Mục đích sử dụng đất"),
        ("Loại đất", "Loại đất theo mục đích sử dụng", "Mục đích sử dụng", "Loại đất (mã)"),
    ),
    "home_address": (
        ("Địa chỉ thường trú", "Địa chỉ thường trú", "Địa chỉ"),
        ("Địa chỉ thường trú", "Nơi thường trú", "Hộ khẩu thường trú", "Thường trú tại"),
        ("Địa chỉ thường trú", "Địa chỉ", "Nơi đăng ký thường trú", "Nơi cư trú", "ĐKTT"),
    ),
    "office_address": (
        ("Địa chỉ trụ sở chính", "Địa chỉ"),
        ("Trụ sở chính", "Địa chỉ trụ sở", "Trụ sở"),
        ("Địa chỉ", "Trụ sở chính tại", "Nơi đặt trụ sở chính", "Địa chỉ của trụ sở"),
    ),
    "born": (
        ("Năm sinh", "Năm sinh", "Sinh năm"),
        ("Sinh năm", "Năm sinh", "Ngày sinh"),
        ("Sinh năm", "Năm sinh", "Ngày, tháng, năm sinh", "NS"),
    ),
    "born_in_list": (("sinh năm", "năm sinh"), ("năm sinh", "sinh năm", "SN"), ("sinh", "sinh năm", "NS")),
    "owners_c": (
        (
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
        ),
        (
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
            "I - Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất:",
            "I. NGƯỜI SỬ DỤNG ĐẤT, CHỦ SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
        (
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất:",
            "I- Chủ sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
            "NGƯỜI SỬ DỤNG ĐẤT, CHỦ SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "I/ Người sử dụng đất, chủ sở hữu nhà ở, tài sản khác gắn liền với đất",
        ),
    ),
    "things_c": (
        ("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất",),
        (
            "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất",
            "II - Thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "II. THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
        (
            "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "II- Thửa đất, nhà ở, tài sản khác gắn liền với đất",
            "THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "II/ Thửa đất, nhà ở và tài sản khác gắn liền với đất",
        ),
    ),
    "parcel_c": (
        ("1. Thửa đất:",),
        ("1. Thửa đất:", "1. Thửa đất", "1- Thửa đất:"),
        ("1. Thửa đất", "1) Thửa đất:", "1. THỬA ĐẤT", "1/ Thửa đất:"),
    ),
    "home_c": (("2. Nhà ở",), ("2. Nhà ở", "2- Nhà ở"), ("2. Nhà ở", "2) Nhà ở", "2. NHÀ Ở", "2/ Nhà ở")),
    "works_c": (
        ("3. Công trình xây dựng khác",),
        ("3. Công trình xây dựng khác", "3- Công trình xây dựng khác"),
        (
            "3. Công trình xây dựng khác",
            "3) Công trình xây dựng khác",
            "3. CÔNG TRÌNH XÂY DỰNG KHÁC",
            "3/ Công trình XD khác",
        ),
    ),
    "forest_c": (
        ("4. Rừng sản xuất là rừng trồng",),
        ("4. Rừng sản xuất là rừng trồng", "4- Rừng sản xuất là rừng trồng"),
        (
            "4. Rừng sản xuất là rừng trồng",
            "4) Rừng sản xuất là rừng trồng",
            "4. RỪNG SẢN XUẤT LÀ RỪNG TRỒNG",
            "4/ Rừng trồng",
        ),
    ),
    "trees_c": (
        ("5. Cây lâu năm",),
        ("5. Cây lâu năm", "5- Cây lâu năm"),
        ("5. Cây lâu năm", "5) Cây lâu năm", "5. CÂY LÂU NĂM", "5/ Cây lâu năm"),
    ),
    "note_c": (
        ("6. Ghi chú",),
        ("6. Ghi chú", "6- Ghi chú"),
        ("6. Ghi chú", "6) Ghi chú", "6. GHI CHÚ", "6/ Ghi chú khác"),
    ),
    "plan_c": (
        ("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",),
        (
            "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",
            "III - Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "III. SƠ ĐỒ THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
        (
            "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "III- Sơ đồ thửa đất, nhà ở, tài sản khác gắn liền với đất",
            "SƠ ĐỒ THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            "III/ Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",
        ),
    ),
    "changes_c": (
        ("IV. Những thay đổi sau khi cấp Giấy chứng nhận",),
        (
            "IV. Những thay đổi sau khi cấp Giấy chứng nhận",
            "IV - Những thay đổi sau khi cấp Giấy chứng nhận:",
            "IV. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
        ),
        (
            "IV. Những thay đổi sau khi cấp Giấy chứng nhận:",
            "IV- Những thay đổi sau khi cấp GCN",
            "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
            "IV/ Những thay đổi sau khi cấp Giấy chứng nhận",
        ),
    ),
    "register_c": (
        ("Số vào sổ cấp GCN",),
        ("Số vào sổ cấp GCN", "Số vào sổ cấp giấy chứng nhận", "Vào sổ cấp GCN số"),
        (
            "Số vào sổ cấp GCN",
            "Số vào sổ",
            "Vào sổ cấp giấy chứng nhận số",
            "Số vào sổ cấp giấy",
            "Số vào Sổ cấp GCN QSDĐ, QSHNƠ",
        ),
    ),
    "register_d": (
        ("Số vào sổ cấp Giấy chứng nhận",),
        ("Số vào sổ cấp Giấy chứng nhận", "Số vào sổ cấp GCN", "Vào sổ số"),
        ("Số vào sổ cấp Giấy chứng nhận", "Số vào sổ", "Vào sổ cấp GCN số", "Số vào sổ cấp giấy"),
    ),
    "code_d": (
        ("Mã Giấy chứng nhận",),
        ("Mã Giấy chứng nhận", "Mã GCN"),
        ("Mã Giấy chứng nhận", "Mã giấy", "Mã số GCN"),
    ),
    "owners_d": (
        ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",),
        ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", "1. Người sử dụng đất, chủ sở hữu tài sản:"),
        (
            "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
            "1) Thông tin người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
            "1. NGƯỜI SỬ DỤNG ĐẤT, CHỦ SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT",
            "I. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",
        ),
    ),
    "parcel_d": (
        ("2. Thông tin thửa đất:",),
        ("2. Thông tin thửa đất:", "2. Thông tin về thửa đất:"),
        ("2. Thông tin thửa đất", "2) Thửa đất:", "2. THÔNG TIN THỬA ĐẤT", "II. Thông tin thửa đất:"),
    ),
    "asset_d": (
        ("3. Thông tin tài sản gắn liền với đất",),
        ("3. Thông tin tài sản gắn liền với đất", "3. Thông tin về tài sản gắn liền với đất"),
        (
            "3. Thông tin tài sản gắn liền với đất",
            "3) Tài sản gắn liền với đất",
            "3. THÔNG TIN TÀI SẢN GẮN LIỀN VỚI ĐẤT",
            "III. Thông tin tài sản gắn liền với đất",
        ),
    ),
    "plan_d": (
        ("4. Sơ đồ thửa đất, tài sản gắn liền với đất:",),
        ("4. Sơ đồ thửa đất, tài sản gắn liền với đất:",),
        (
            "4. Sơ đồ thửa đất, tài sản gắn liền với đất",
            "4) Sơ đồ thửa đất, tài sản:",
            "4. SƠ ĐỒ THỬA ĐẤT, TÀI SẢN GẮN LIỀN VỚI ĐẤT",
            "IV. Sơ đồ thửa đất, tài sản gắn liền với đất:",
        ),
    ),
    "note_d": (
        ("5. Ghi chú",),
        ("5. Ghi chú", "5. Nội dung ghi chú"),
        ("5. Ghi chú", "5) Ghi chú", "5. GHI CHÚ", "V. Ghi chú"),
    ),
    "changes_d": (
        ("6. Những thay đổi sau khi cấp Giấy chứng nhận:",),
        ("6. Những thay đổi sau khi cấp Giấy chứng nhận:",),
        (
            "6. Những thay đổi sau khi cấp Giấy chứng nhận",
            "6) Những thay đổi sau khi cấp GCN:",
            "6. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
            "VI. Những thay đổi sau khi cấp Giấy chứng nhận:",
        ),
    ),
    "asset_name": (
        ("Tên tài sản",),
        ("Tên tài sản", "Loại tài sản"),
        ("Tên tài sản", "Loại nhà ở", "Tên công trình, tài sản"),
    ),
    "asset_area": (
        ("Diện tích sử dụng", "Diện tích sàn"),
        ("Diện tích sử dụng", "Diện tích sàn xây dựng"),
        ("Diện tích sử dụng", "DT sàn", "Tổng diện tích sàn sử dụng", "Diện tích sàn (sử dụng)"),
    ),
    "built_area": (
        ("diện tích xây dựng",),
        ("Diện tích xây dựng", "DT xây dựng"),
        ("Diện tích XD", "diện tích xây dựng", "DTXD"),
    ),
    "floor_area": (
        ("diện tích sàn",),
        ("Diện tích sàn", "tổng diện tích sàn"),
        ("Diện tích sàn XD", "diện tích sàn sử dụng", "DT sàn"),
    ),
    "ownership": (
        ("hình thức sở hữu",),
        ("Hình thức sở hữu", "sở hữu"),
        ("Hình thức sở hữu", "hình thức sở hữu", "Hình thức SH"),
    ),
    "grade": (
        ("cấp (hạng)", "cấp công trình"),
        ("cấp hạng", "Cấp nhà", "cấp công trình"),
        ("Cấp (Hạng)", "Cấp, hạng", "Hạng nhà", "Cấp công trình"),
    ),
    "floors": (("số tầng",), ("Số tầng", "tầng cao"), ("Số tầng", "Số tầng cao", "Tổng số tầng")),
    "asset_term": (
        ("thời hạn sở hữu",),
        ("Thời hạn sở hữu", "thời hạn"),
        ("Thời hạn được sở hữu", "thời hạn sở hữu", "Thời hạn SH"),
    ),
    "changes_text": (
        ("Nội dung thay đổi và cơ sở pháp lý",),
        ("Nội dung thay đổi và cơ sở pháp lý", "Nội dung thay đổi, cơ sở pháp lý"),
        (
            "NỘI DUNG THAY ĐỔI VÀ CƠ SỞ PHÁP LÝ",
            "Nội dung biến động và cơ sở pháp lý",
            "Những nội dung thay đổi và cơ sở pháp lý",
            "Nội dung thay đổi và cơ sở pháp lý",
        ),
    ),
    "changes_by": (
        ("Xác nhận của cơ quan có thẩm quyền",),
        ("Xác nhận của cơ quan có thẩm quyền", "Xác nhận của cơ quan\u00a0có\u00a0thẩm\u00a0quyền"),
        (
            "XÁC NHẬN CỦA CƠ QUAN CÓ THẨM QUYỀN",
            "Cơ quan có thẩm quyền xác nhận",
            "Xác nhận của cơ quan nhà nước có thẩm quyền",
            "Xác nhận của cơ quan có thẩm quyền",
        ),
    ),
    "changes_on": (
        ("Ngày, tháng, năm",),
        ("Ngày tháng năm", "Thời gian"),
        ("NGÀY, THÁNG, NĂM", "Ngày đăng ký", "Ngày tháng", "Ngày, tháng"),
    ),
    "members": (
        ("Cùng các thành viên trong hộ gia đình gồm", "Các thành viên trong hộ gia đình gồm"),
        ("Và các thành viên cùng sử dụng đất trong hộ", "Thành viên hộ gia đình có chung quyền sử dụng đất"),
        (
            "Cùng sử dụng đất với các thành viên hộ gia đình gồm",
            "Các thành viên của hộ có chung quyền sử dụng đất",
            "Thành viên trong hộ",
        ),
    ),
    "co_users": (
        ("Là người đại diện cho những người cùng sử dụng đất gồm",),
        ("Là đại diện cho nhóm người cùng sử dụng đất gồm có", "Đại diện cho những người có chung quyền sử dụng đất"),
        (
            "Là người đại diện cho những người cùng sử dụng đất, gồm",
            "Là người đại diện của các đồng sử dụng đất gồm",
            "Đại diện nhóm người sử dụng chung thửa đất, gồm có",
        ),
    ),
    "with": (
        ("Cùng sử dụng đất với",),
        ("Cùng sử dụng với", "Cùng có quyền sử dụng đất với"),
        ("Đồng sử dụng đất với", "Cùng sử dụng chung thửa đất với", "Và đồng sử dụng"),
    ),
    "heirs": (
        ("Là người đại diện của những người được thừa kế gồm",),
        ("Là đại diện cho những người được hưởng thừa kế gồm", "Đại diện những người thừa kế quyền sử dụng đất gồm"),
        (
            "Là người đại diện của những người được thừa kế quyền sử dụng đất gồm",
            "Là người đại diện cho các đồng thừa kế, gồm",
            "Đại diện cho hàng thừa kế gồm có",
        ),
    ),
    "estate": (
        ("Những người được thừa kế quyền sử dụng đất của {} (đã chết), người đại diện là",),
        ("Quyền sử dụng đất của {} (đã chết) do người đại diện thừa kế đứng tên là",),
        (
            "Những người được thừa kế của {} (đã chết); đại diện đứng tên",
            "Di sản thừa kế là quyền sử dụng đất của {} (đã chết), người đại diện các đồng thừa kế",
        ),
    ),
    "dead": (
        ("(đã chết)", "(đã chết)"),
        ("(đã chết năm 2012)", "(đã mất)"),
        ("(đã mất năm 2010)", "(chết)", "- đã chết"),
    ),
    "and_wife": (
        ("Và vợ là bà", "Và vợ: bà", "Và vợ"),
        ("Cùng vợ là bà", "Và vợ là bà", "và vợ"),
        ("Vợ là bà", "Cùng vợ: bà", "Vợ", "và vợ là: bà"),
    ),
    "and_husband": (
        ("Và chồng là ông", "Và chồng: ông", "Và chồng"),
        ("Cùng chồng là ông", "Và chồng là ông", "và chồng"),
        ("Chồng là ông", "Cùng chồng: ông", "Chồng", "và chồng là: ông"),
    ),
    "and_she": (("và bà",), ("và bà", "và vợ là bà"), ("cùng bà", "Và bà", "vợ là bà")),
    "and_he": (("và ông",), ("và ông", "và chồng là ông"), ("cùng ông", "Và ông", "chồng là ông")),
    "person_for": (
        ("Người đại diện",),
        ("Người đại diện theo pháp luật", "Đại diện"),
        ("Người đại diện theo pháp luật của tổ chức", "Do ông (bà) đại diện", "Người đại diện"),
    ),
    "none": (("-/-",), ("-/-", "-/-", "Không", "không có"), ("-/-", "Không có", "---", "//", "/")),
    "no_area": (("không",), ("không", "0", "-/-"), ("0", "không", "0,0", "-")),
    "private": (
        ("riêng", "Riêng"),
        ("Sử dụng riêng", "riêng"),
        ("Riêng", "sử dụng riêng", "SD riêng", "Diện tích riêng"),
    ),
    "shared": (
        ("chung", "Chung"),
        ("Sử dụng chung", "chung"),
        ("Chung", "sử dụng chung", "SD chung", "Diện tích chung"),
    ),
    "total": (
        ("Tổng cộng", "Cộng"),
        ("Tổng diện tích", "Cộng", "Tổng số"),
        ("Tổng", "TỔNG CỘNG", "Tổng cộng diện tích", "Cộng:"),
    ),
    "place_a": (("Tại",), ("Tại", "Địa điểm tại"), ("Tại địa điểm", "Ở tại", "Thuộc", "Tại")),
    "lives_a": (
        ("Nơi thường trú", "Thường trú tại"),
        ("Nơi ở thường trú", "Chỗ ở", "Cư trú tại"),
        ("Hiện thường trú tại", "Trú tại", "Nơi đăng ký hộ khẩu thường trú", "Trú quán"),
    ),
    "right_a": (
        ("Được quyền sử dụng",),
        ("Được quyền sử dụng", "Được sử dụng"),
        ("Được quyền sử dụng", "Được quyền sử dụng diện tích", "Có quyền sử dụng"),
    ),
    "list_a": (
        ("Theo bảng liệt kê dưới đây:",),
        ("Theo bảng kê dưới đây:", "Theo bảng liệt kê dưới đây"),
        (
            "Theo bảng liệt kê sau đây:",
            "Gồm các thửa đất theo bảng liệt kê dưới đây",
            "THEO BẢNG LIỆT KÊ DƯỚI ĐÂY",
            "Cụ thể như sau:",
        ),
    ),
    "household_a": (
        ("Hộ ông (bà)",),
        ("Hộ Ông (Bà)", "Hộ gia đình ông (bà)"),
        ("Hộ ông, bà", "HỘ ÔNG (BÀ)", "Hộ gia đình", "Chủ hộ ông (bà)"),
    ),
    "person_a": (("Ông (Bà)", "Ông (bà)"), ("Ông/Bà", "Ông (Bà)"), ("Ông, bà", "ÔNG (BÀ)", "Ông hoặc bà")),
    "map_a": (("Số tờ bản đồ",), ("Tờ bản đồ", "Số tờ BĐ"), ("Tờ bản đồ số", "TỜ BẢN ĐỒ", "Tờ số", "Số tờ")),
    "number_a": (("Số thửa",), ("Thửa số", "Số thửa đất"), ("Thửa đất số", "SỐ THỬA", "Thửa", "Số hiệu thửa")),
    "area_a": (
        ("Diện tích (m²)",),
        ("D.tích (m²)", "Diện tích (m²)"),
        ("Diện tích sử dụng (m²)", "DIỆN TÍCH (m²)", "DT (m²)", "Diện tích m²"),
    ),
    "purpose_a": (
        ("Mục đích sử dụng",),
        ("Mục đích sử dụng đất", "Loại đất"),
        ("Sử dụng vào mục đích", "MỤC ĐÍCH SỬ DỤNG", "Mục đích SD", "Mục đích"),
    ),
    "term_a": (
        ("Thời hạn sử dụng",),
        ("Thời hạn", "Thời hạn sử dụng đất"),
        ("Thời gian sử dụng", "THỜI HẠN SỬ DỤNG", "Thời hạn SD", "Thời hạn sử dụng"),
    ),
    "extra_a": (
        ("Phần ghi thêm",),
        ("Ghi thêm", "Phần ghi thêm"),
        ("Phần ghi chú", "PHẦN GHI THÊM", "Ghi chú", "Ghi chú thêm"),
    ),
    "plan_a": (
        ("TRÍCH LỤC BẢN ĐỒ (SƠ ĐỒ) THỬA ĐẤT", "SƠ ĐỒ THỬA ĐẤT"),
        ("TRÍCH LỤC BẢN ĐỒ THỬA ĐẤT", "SƠ ĐỒ THỬA ĐẤT"),
        ("SƠ ĐỒ KHU ĐẤT", "TRÍCH LỤC BẢN ĐỒ KHU ĐẤT", "SƠ ĐỒ THỬA ĐẤT (TRÍCH LỤC BẢN ĐỒ)", "TRÍCH BẢN ĐỒ ĐỊA CHÍNH"),
    ),
    "register_a": (
        ("Vào sổ cấp giấy chứng nhận quyền sử dụng đất", "Vào sổ cấp giấy chứng nhận"),
        ("Vào sổ cấp giấy CNQSDĐ", "Vào sổ cấp giấy chứng nhận quyền sử dụng đất"),
        (
            "Vào sổ cấp giấy chứng nhận QSDĐ",
            "Vào sổ địa chính, cấp giấy chứng nhận",
            "Đã vào sổ cấp giấy",
            "Vào sổ cấp GCN quyền sử dụng đất",
        ),
    ),
    "changes_a": (
        ("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",),
        ("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY", "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN"),
        (
            "NHỮNG BIẾN ĐỘNG SAU KHI CẤP GIẤY CHỨNG NHẬN",
            "Những thay đổi sau khi cấp giấy chứng nhận quyền sử dụng đất",
            "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN QSDĐ",
        ),
    ),
    "owners_b": (
        ("I- Tên người sử dụng đất", "I. Tên người sử dụng đất"),
        ("I - Người sử dụng đất", "I- Tên người sử dụng đất"),
        ("I. TÊN NGƯỜI SỬ DỤNG ĐẤT", "I- Tên chủ sử dụng đất:", "I/ Người sử dụng đất:", "1- Tên người sử dụng đất"),
    ),
    "parcel_b": (
        ("II- Thửa đất được quyền sử dụng",),
        ("II - Thửa đất được quyền sử dụng", "II. Thửa đất được quyền sử dụng"),
        (
            "II. THỬA ĐẤT ĐƯỢC QUYỀN SỬ DỤNG",
            "II- Thửa đất được sử dụng:",
            "II/ Thửa đất được quyền sử dụng:",
            "2- Thửa đất được quyền sử dụng",
        ),
    ),
    "assets_b": (
        ("III- Tài sản gắn liền với đất",),
        ("III - Tài sản gắn liền với đất", "III. Tài sản gắn liền với đất"),
        (
            "III. TÀI SẢN GẮN LIỀN VỚI ĐẤT",
            "III- Tài sản trên đất:",
            "III/ Tài sản gắn liền với đất:",
            "3- Tài sản gắn liền với đất",
        ),
    ),
    "note_b": (
        ("IV- Ghi chú",),
        ("IV - Ghi chú", "IV. Ghi chú"),
        ("IV. GHI CHÚ", "IV- Ghi chú:", "IV/ Ghi chú:", "4- Ghi chú"),
    ),
    "plan_b": (
        ("V- Sơ đồ thửa đất",),
        ("V - Sơ đồ thửa đất", "V. Sơ đồ thửa đất"),
        ("V. SƠ ĐỒ THỬA ĐẤT", "V- Sơ đồ thửa đất:", "V/ Trích lục sơ đồ thửa đất", "5- Sơ đồ thửa đất"),
    ),
    "changes_b": (
        ("VI- Những thay đổi sau khi cấp giấy chứng nhận",),
        ("VI - Những thay đổi sau khi cấp giấy chứng nhận", "VI. Những thay đổi sau khi cấp giấy"),
        (
            "VI. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
            "VI- Những thay đổi sau khi cấp GCN:",
            "VI/ Những thay đổi sau khi cấp giấy chứng nhận quyền sử dụng đất",
            "6- Những thay đổi sau khi cấp giấy",
        ),
    ),
    "household_b": (
        ("Hộ Ông (Bà)", "Hộ ông (bà)"),
        ("Hộ Ông/Bà", "Hộ Ông(Bà)"),
        ("Hộ ông, bà", "HỘ ÔNG (BÀ)", "Hộ gia đình ông (bà)", "Tên chủ hộ"),
    ),
    "person_b": (("Ông (Bà)",), ("Ông/Bà", "Ông(Bà)"), ("Ông, bà", "ÔNG (BÀ)", "Tên người sử dụng", "Ông hoặc bà")),
    "spouse_b": (
        ("Vợ (Chồng)", "Vợ (chồng)"),
        ("Vợ/Chồng", "Vợ(Chồng)"),
        ("Vợ, chồng", "VỢ (CHỒNG)", "Và vợ (chồng)", "Tên vợ (chồng)"),
    ),
    "cmnd_b": (
        ("Số CMND", "CMND số"),
        ("Số chứng minh nhân dân", "Số CMTND"),
        ("CMND", "Số CMT", "Giấy CMND số", "CMTND số", "Số giấy chứng minh nhân dân"),
    ),
    "issued_b": (("Cấp ngày",), ("cấp ngày", "Ngày cấp"), ("Ngày cấp", "cấp ngày", "Do cấp ngày")),
    "issuer_b": (("Nơi cấp",), ("nơi cấp", "Nơi cấp"), ("Cơ quan cấp", "tại", "nơi cấp", "Nơi cấp")),
    "home_b": (
        ("Địa chỉ (Nơi đăng ký hộ khẩu thường trú)", "Nơi đăng ký hộ khẩu thường trú", "Địa chỉ"),
        ("Địa chỉ thường trú", "Nơi đăng ký HKTT", "Địa chỉ (nơi đăng ký hộ khẩu thường trú)"),
        (
            "Nơi đăng ký hộ khẩu TT",
            "Hộ khẩu thường trú tại",
            "Địa chỉ, nơi ĐKHK thường trú",
            "Nơi thường trú",
            "Địa chỉ nơi đăng ký HKTT",
        ),
    ),
    "parcel_number_b": (
        ("Thửa đất số", "Thửa số"),
        ("Số thửa đất", "Thửa đất số"),
        ("Thửa đất", "Số hiệu thửa đất", "THỬA ĐẤT SỐ", "Thửa số"),
    ),
    "sheet_b": (
        ("Tờ bản đồ số",),
        ("Số tờ bản đồ", "Tờ bản đồ số"),
        ("Tờ bản đồ", "Số hiệu tờ bản đồ", "TỜ BẢN ĐỒ SỐ", "Thuộc tờ bản đồ số"),
    ),
    "private_b": (
        ("Sử dụng riêng",),
        ("Sử dụng riêng", "Riêng"),
        ("sử dụng riêng", "Diện tích sử dụng riêng", "SD riêng", "Sử dụng riêng"),
    ),
    "shared_b": (
        ("Sử dụng chung",),
        ("Sử dụng chung", "Chung"),
        ("sử dụng chung", "Diện tích sử dụng chung", "SD chung", "Sử dụng chung"),
    ),
    "register_b": (
        ("Số vào sổ cấp giấy chứng nhận quyền sử dụng đất", "Vào sổ cấp giấy CNQSDĐ số"),
        ("Vào sổ cấp giấy CNQSDĐ Số", "Số vào sổ cấp giấy CNQSDĐ"),
        ("Vào sổ cấp GCN quyền sử dụng đất số", "Số vào sổ cấp GCN QSDĐ", "Số vào sổ", "Vào sổ cấp giấy chứng nhận số"),
    ),
    "head_address": (
        ("Địa chỉ thửa đất",),
        ("Địa chỉ thửa đất", "Địa chỉ"),
        ("Địa chỉ", "Xứ đồng", "Vị trí thửa đất", "Địa chỉ thửa đất"),
    ),
    "head_area": (
        ("Diện tích (m²)",),
        ("Diện tích (m²)", "D.tích (m²)"),
        ("Diện tích", "DT (m²)", "Diện tích m²", "DIỆN TÍCH (m²)"),
    ),
    "head_own": (
        ("Diện tích (m²) riêng",),
        ("Diện tích sử dụng riêng (m²)",),
        ("Sử dụng riêng (m²)", "Riêng (m²)", "DT riêng (m²)"),
    ),
    "head_shared": (
        ("chung",),
        ("Diện tích sử dụng chung (m²)", "chung"),
        ("Sử dụng chung (m²)", "Chung (m²)", "DT chung (m²)"),
    ),
    "head_row": (("STT",), ("STT",), ("STT", "TT", "Số TT")),
    "ownership_d": (
        ("Hình thức sở hữu",),
        ("Hình thức sở hữu",),
        ("Hình thức sở hữu", "Hình thức sở hữu tài sản", "Hình thức SH"),
    ),
    "asset_term_d": (
        ("Thời hạn sở hữu",),
        ("Thời hạn sở hữu",),
        ("Thời hạn sở hữu", "Thời hạn được sở hữu", "Thời hạn"),
    ),
    "asset_address_d": (("Địa chỉ",), ("Địa chỉ",), ("Địa chỉ", "Địa chỉ tài sản", "Địa điểm")),
    "forest_kind": (("Loại rừng",), ("Loại rừng",), ("Loại cây rừng", "Loại rừng trồng", "Tên loài cây")),
    "tree_kind": (("Loại cây",), ("Loại cây",), ("Loại cây trồng", "Tên cây", "Cây")),
    "plant_area": (("diện tích",), ("Diện tích", "diện tích"), ("Diện tích có cây", "DT", "diện tích trồng")),
    "home_kind": (("Loại nhà ở",), ("Loại nhà ở",), ("Loại nhà", "Hạng mục nhà ở", "Loại nhà ở")),
    "works_kind": (
        ("Hạng mục công trình",),
        ("Hạng mục công trình",),
        ("Tên công trình", "Hạng mục", "Loại công trình"),
    ),
    "business": (
        ("Giấy chứng nhận đăng ký doanh nghiệp số", "Mã số doanh nghiệp:"),
        ("Mã số thuế:", "GCN đăng ký doanh nghiệp số:", "Giấy chứng nhận đăng ký kinh doanh số"),
        (
            "Giấy CNĐKDN số",
            "Giấy chứng nhận đăng ký doanh nghiệp, mã số doanh nghiệp:",
            "MST:",
            "Mã số DN:",
            "GCNĐKKD và đăng ký thuế số:",
        ),
    ),
    "business_b": (
        ("Giấy chứng nhận đăng ký kinh doanh số",),
        ("Giấy chứng nhận đăng ký kinh doanh số", "Giấy ĐKKD số"),
        ("Giấy CNĐKKD số", "Đăng ký kinh doanh số", "Giấy chứng nhận ĐKKD số:"),
    ),
    "first_registered": (
        (", đăng ký lần đầu ngày ",),
        (", đăng ký lần đầu ngày ",),
        (", cấp lần đầu ngày ", ", đăng ký lần đầu: ", ", cấp ngày "),
    ),
    "registered_by": ((", nơi cấp: ",), (", nơi cấp: ",), (", cơ quan cấp: ", " tại ", "; nơi cấp ")),
    "post": (
        (", chức vụ: Giám đốc",),
        (", chức vụ: Giám đốc",),
        (" - Giám đốc", ", chức danh: Tổng giám đốc", " (Chủ tịch HĐQT)"),
    ),
    "founded": (
        ("Quyết định thành lập số",),
        ("Quyết định thành lập số", "QĐ thành lập số"),
        ("Theo QĐ thành lập số", "Quyết định số", "Thành lập theo Quyết định số"),
    ),
    "serial_again": (
        ("Số phát hành Giấy chứng nhận",),
        ("Số phát hành Giấy chứng nhận",),
        ("Số phát hành GCN", "Số seri GCN", "Số phát hành"),
    ),
    "nth_parcel": (("Thửa thứ {}:",), ("Thửa thứ {}:",), ("Thửa đất thứ {}", "* Thửa {}:", "Thửa đất {}:")),
    "change_day": (("Ngày ",), ("Ngày ",), ("Ngày ", "ngày ", "")),
    "household": (("Hộ {}",), ("Hộ {}",), ("Hộ {}", "Hộ gia đình {}", "HỘ {}", "Chủ hộ: {}")),
    "person": (("{}",), ("{}",), ("{}", "{}", "Họ và tên: {}", "Tên: {}")),
    "for_committee": (("TM. ",), ("TM. ",), ("T/M ", "TM ", "TM.", "TM. ")),
    "for_head": (("KT. ",), ("KT. ",), ("KT.", "KT ", "K/T ", "KT. ")),
    "by_order": (("TUQ. ",), ("TUQ. ",), ("TUQ.", "TUQ ", "T.U.Q ", "TUQ. ")),
    "subzone": (("tiểu khu",), ("tiểu khu",), ("tiểu khu", "TK", "Tiểu khu số")),
    "lot": (("Lô",), ("Lô", "Lô số"), ("Lô số", "Số hiệu lô", "lô rừng số", "Lô")),
    "compartment": (("khoảnh",), ("khoảnh", "Khoảnh"), ("khoảnh số", "Khoảnh", "thuộc khoảnh")),
    "code_shown": ((" ({})",), (" ({})",), (" ({})", " - {}", " [{}]")),
}
# Labels of which an office takes the same variant: the first of each, or the second of each.
TOGETHER = (
    ("form", "purpose", "term", "origin"),
    ("owners_c", "things_c", "plan_c", "changes_c", "parcel_c", "home_c", "works_c", "forest_c", "trees_c", "note_c"),
    ("owners_d", "parcel_d", "asset_d", "plan_d", "note_d", "changes_d"),
    ("owners_b", "parcel_b", "assets_b", "note_b", "plan_b", "changes_b"),
    ("map_a", "number_a", "area_a", "purpose_a", "term_a", "extra_a"),
    ("changes_text", "changes_by", "changes_on"),
    ("built_area", "floor_area"),
    ("private", "shared"),
    ("private_b", "shared_b"),
    ("and_wife", "and_husband"),
)
