<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="vi">
<context>
    <name>ChoiceList</name>
    <message>
        <source>Các lựa chọn</source>
        <translation>Choices</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Lỗi của chương trình</source>
        <translation>Error in the program</translation>
    </message>
    <message>
        <source>Chi tiết lỗi</source>
        <translation>Details of the error</translation>
    </message>
    <message>
        <source>Chương trình gặp lỗi ngoài dự kiến. Những gì đã lưu vẫn còn nguyên. Hãy chép chi tiết và gửi cho nơi hỗ trợ, rồi làm tiếp hoặc mở lại chương trình.</source>
        <translation>The program met an unexpected error. What was saved is safe. Please copy the details and send them to the support, then go on or start the program again.</translation>
    </message>
    <message>
        <source>Nhật ký: {file}</source>
        <translation>Log: {file}</translation>
    </message>
    <message>
        <source>Chép chi tiết</source>
        <translation>Copy the details</translation>
    </message>
    <message>
        <source>Đóng</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>DossierListModel</name>
    <message>
        <source>Đã bỏ hồ sơ; các trang vẫn còn trong kho.</source>
        <translation>The dossier was put aside; its pages stay in the store.</translation>
    </message>
    <message>
        <source>Đã trình {n} hồ sơ cho người duyệt.</source>
        <translation>Dossiers handed to the supervisor: {n}.</translation>
    </message>
</context>
<context>
    <name>DossierListView</name>
    <message>
        <source>Tìm theo số phát hành, tên, địa chỉ (không cần dấu)</source>
        <translation>Search by serial, name, address (accents not needed)</translation>
    </message>
    <message>
        <source>Tìm hồ sơ</source>
        <translation>Search dossiers</translation>
    </message>
    <message>
        <source>Cần nhập</source>
        <translation>To be entered</translation>
    </message>
    <message>
        <source>Tất cả</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Lọc theo trạng thái</source>
        <translation>Filter by state</translation>
    </message>
    <message>
        <source>Danh sách hồ sơ</source>
        <translation>List of dossiers</translation>
    </message>
    <message>
        <source>Mở hồ sơ</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Trình duyệt</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>Bỏ hồ sơ…</source>
        <translation>Put aside…</translation>
    </message>
    <message>
        <source>Quét nhầm, trùng… (Delete)</source>
        <translation>Scanned by mistake, twice … (Delete)</translation>
    </message>
    <message>
        <source>Nhập hồ sơ</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>mở</source>
        <translation>open</translation>
    </message>
    <message>
        <source>tìm</source>
        <translation>search</translation>
    </message>
    <message>
        <source>trình duyệt các hồ sơ đã nhập xong</source>
        <translation>submit the entered dossiers</translation>
    </message>
    <message>
        <source>bỏ hồ sơ</source>
        <translation>put aside</translation>
    </message>
    <message>
        <source>hồ sơ mới</source>
        <translation>new dossier</translation>
    </message>
    <message>
        <source>đổi màn hình</source>
        <translation>change screen</translation>
    </message>
    <message>
        <source>Hồ sơ ở trạng thái này không bỏ được.</source>
        <translation>A dossier in this state cannot be put aside.</translation>
    </message>
    <message>
        <source>Quét nhầm</source>
        <translation>Scanned by mistake</translation>
    </message>
    <message>
        <source>Trùng với hồ sơ khác</source>
        <translation>Same as another dossier</translation>
    </message>
    <message>
        <source>Trang hỏng, đã quét lại</source>
        <translation>Bad pages, scanned again</translation>
    </message>
    <message>
        <source>Không thuộc xã, phường này</source>
        <translation>Not of this commune</translation>
    </message>
    <message>
        <source>Bỏ hồ sơ vì</source>
        <translation>Put aside because</translation>
    </message>
    <message>
        <source>Trình duyệt ({n})</source>
        <translation>Submit ({n})</translation>
    </message>
    <message>
        <source>{todo} cần nhập · {all} hồ sơ trong kho</source>
        <translation>{todo} to enter · {all} dossiers in the store</translation>
    </message>
</context>
<context>
    <name>DossierTable</name>
    <message>
        <source>Số phát hành</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>Người sử dụng đất</source>
        <translation>Land user</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Cần xem</source>
        <translation>To look at</translation>
    </message>
    <message>
        <source>Sửa lúc</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>(chưa có số)</source>
        <translation>(no serial yet)</translation>
    </message>
</context>
<context>
    <name>EntryBar</name>
    <message>
        <source>Danh sách</source>
        <translation>List</translation>
    </message>
    <message>
        <source>Về danh sách (Esc)</source>
        <translation>Back to the list (Esc)</translation>
    </message>
    <message>
        <source>Đang đọc trang {n}/{total}…</source>
        <translation>Reading page {n}/{total}…</translation>
    </message>
    <message>
        <source>Quét thêm trang vào hồ sơ này (Ctrl+Shift+N)</source>
        <translation>Scan more pages into this dossier (Ctrl+Shift+N)</translation>
    </message>
    <message>
        <source>Quét thêm trang</source>
        <translation>Scan more pages</translation>
    </message>
    <message>
        <source>Xong (F9)</source>
        <translation>Done (F9)</translation>
    </message>
    <message>
        <source>Mở lại để sửa</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>Tiếp</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Hồ sơ tiếp theo (Ctrl+PageDown)</source>
        <translation>Next dossier (Ctrl+PageDown)</translation>
    </message>
    <message>
        <source>Hồ sơ chưa có số phát hành</source>
        <translation>Dossier without a serial</translation>
    </message>
    <message>
        <source>{n} ô cần xem</source>
        <translation>{n} to look at</translation>
    </message>
    <message>
        <source>Đang lưu…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>Đã lưu</source>
        <translation>Saved</translation>
    </message>
</context>
<context>
    <name>EntryModel</name>
    <message>
        <source>Không còn hồ sơ nào khác cần nhập.</source>
        <translation>No other dossier is to be entered.</translation>
    </message>
    <message>
        <source>Hồ sơ đã nhập xong. Ctrl+PageDown: hồ sơ tiếp theo.</source>
        <translation>The dossier is entered. Ctrl+PageDown: next dossier.</translation>
    </message>
</context>
<context>
    <name>EntryNote</name>
    <message>
        <source>Bị trả lại: {state}</source>
        <translation>Sent back: {state}</translation>
    </message>
    <message>
        <source>Không ghi lý do; hãy so lại cả hồ sơ với giấy.</source>
        <translation>No reason was given; compare the whole dossier with the paper.</translation>
    </message>
    <message>
        <source>Chưa xong được, còn {n} điều (Shift+F9: đến từng ô)</source>
        <translation>Not done yet, {n} things left (Shift+F9: to each field)</translation>
    </message>
    <message>
        <source>Còn {n} ô cần xem. Enter: nhận từng ô; F9 lần nữa: xong mà không xem.</source>
        <translation>{n} fields to look at are left. Enter: accept one by one; F9 again: done without looking.</translation>
    </message>
</context>
<context>
    <name>EntryStation</name>
    <message>
        <source>nhận, ô cần xem kế</source>
        <translation>accept, next doubt</translation>
    </message>
    <message>
        <source>ô kế</source>
        <translation>next field</translation>
    </message>
    <message>
        <source>danh sách</source>
        <translation>list</translation>
    </message>
    <message>
        <source>quay lại</source>
        <translation>back</translation>
    </message>
    <message>
        <source>ô cần xem</source>
        <translation>doubts</translation>
    </message>
    <message>
        <source>như hồ sơ trước</source>
        <translation>as before</translation>
    </message>
    <message>
        <source>thêm</source>
        <translation>add</translation>
    </message>
    <message>
        <source>xóa mục</source>
        <translation>remove item</translation>
    </message>
    <message>
        <source>để trống</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>chọn</source>
        <translation>choose</translation>
    </message>
    <message>
        <source>hoàn tác</source>
        <translation>undo</translation>
    </message>
    <message>
        <source>cả trang</source>
        <translation>whole page</translation>
    </message>
    <message>
        <source>trang</source>
        <translation>page</translation>
    </message>
    <message>
        <source>xong</source>
        <translation>done</translation>
    </message>
    <message>
        <source>hồ sơ kế</source>
        <translation>next dossier</translation>
    </message>
    <message>
        <source>Còn ô gõ chưa đúng, hãy sửa trước.</source>
        <translation>A field is typed wrongly; please correct it first.</translation>
    </message>
    <message>
        <source>Không còn ô cần xem. F9: xong hồ sơ này.</source>
        <translation>Nothing left to look at. F9: dossier done.</translation>
    </message>
    <message>
        <source>Hồ sơ trước không có giá trị cho ô này.</source>
        <translation>The dossier before has no value for this field.</translation>
    </message>
    <message>
        <source>Để trống vì</source>
        <translation>Blank because</translation>
    </message>
    <message>
        <source>Chọn giá trị</source>
        <translation>Choose a value</translation>
    </message>
    <message>
        <source>Ô này không có giá trị nào khác để chọn.</source>
        <translation>This field has no other value to choose.</translation>
    </message>
    <message>
        <source>Thêm</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Mục này không xóa được; F8 để trống từng ô.</source>
        <translation>This item cannot be removed; F8 blanks a field.</translation>
    </message>
</context>
<context>
    <name>FieldEditor</name>
    <message>
        <source>Đang lưu</source>
        <translation>Saving</translation>
    </message>
</context>
<context>
    <name>GroupPanel</name>
    <message>
        <source>Thêm: {what}</source>
        <translation>Add: {what}</translation>
    </message>
    <message>
        <source>Xóa: {what}</source>
        <translation>Remove: {what}</translation>
    </message>
    <message>
        <source>{n} cần xem</source>
        <translation>{n} to look at</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Thử lại</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Đang mở kho dữ liệu…</source>
        <translation>Opening the store…</translation>
    </message>
    <message>
        <source>Đăng nhập</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Kho dữ liệu mới</source>
        <translation>New store</translation>
    </message>
    <message>
        <source>Hồ sơ chưa có số phát hành</source>
        <translation>Dossier without a serial</translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>Trang giấy đã quét</source>
        <translation>Scanned page</translation>
    </message>
</context>
<context>
    <name>PagePanel</name>
    <message>
        <source>Các trang</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Hồ sơ này không có trang giấy.
Nhập tay theo lời khai hoặc giấy tờ khác.</source>
        <translation>This dossier has no pages.
Type it from the statement or other papers.</translation>
    </message>
    <message>
        <source>Thu nhỏ (Ctrl+-)</source>
        <translation>Zoom out (Ctrl+-)</translation>
    </message>
    <message>
        <source>Phóng to (Ctrl++)</source>
        <translation>Zoom in (Ctrl++)</translation>
    </message>
    <message>
        <source>Cả trang (F2)</source>
        <translation>Whole page (F2)</translation>
    </message>
</context>
<context>
    <name>PasswordLine</name>
    <message>
        <source>Ẩn mật khẩu</source>
        <translation>Hide the password</translation>
    </message>
    <message>
        <source>Hiện mật khẩu</source>
        <translation>Show the password</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Quét</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>Nhập</source>
        <translation>Entry</translation>
    </message>
    <message>
        <source>Duyệt</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>Gửi</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>Đổi người</source>
        <translation>Switch user</translation>
    </message>
    <message>
        <source>Đăng xuất; mọi việc đã lưu vẫn còn (Ctrl+L)</source>
        <translation>Sign out; everything saved stays (Ctrl+L)</translation>
    </message>
</context>
<context>
    <name>ReviewModel</name>
    <message>
        <source>Không còn hồ sơ nào khác chờ duyệt trong đợt này.</source>
        <translation>No other dossier of this batch waits for a decision.</translation>
    </message>
    <message>
        <source>Đã xem hết đợt này. Ctrl+Enter: khóa và đưa vào hàng gửi.</source>
        <translation>This batch is reviewed. Ctrl+Enter: seal it and queue it for upload.</translation>
    </message>
    <message>
        <source>Đã duyệt {n} hồ sơ không có điểm nghi ngờ.</source>
        <translation>Dossiers without a doubt approved: {n}.</translation>
    </message>
    <message>
        <source>Đã khóa đợt; {n} hồ sơ vào hàng gửi.</source>
        <translation>Batch sealed; queued for upload: {n}.</translation>
    </message>
</context>
<context>
    <name>ReviewTable</name>
    <message>
        <source>Trường</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Giá trị</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Giấy ghi (máy đọc)</source>
        <translation>On paper (as read)</translation>
    </message>
    <message>
        <source>(gõ tay)</source>
        <translation>(typed)</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Tập hồ sơ</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Hồ sơ trong đợt, rủi ro cao trước</source>
        <translation>Dossiers of the batch, riskiest first</translation>
    </message>
    <message>
        <source>Các giá trị của hồ sơ</source>
        <translation>Values of the dossier</translation>
    </message>
    <message>
        <source>Duyệt (A)</source>
        <translation>Approve (A)</translation>
    </message>
    <message>
        <source>Trả lại (R)</source>
        <translation>Return (R)</translation>
    </message>
    <message>
        <source>Bỏ duyệt</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>Tiếp (N)</source>
        <translation>Next (N)</translation>
    </message>
    <message>
        <source>Duyệt nhanh</source>
        <translation>Approve clean</translation>
    </message>
    <message>
        <source>Duyệt mọi hồ sơ không có điểm nghi ngờ</source>
        <translation>Approve every dossier without a doubt</translation>
    </message>
    <message>
        <source>Khóa, vào hàng gửi</source>
        <translation>Seal and queue</translation>
    </message>
    <message>
        <source>Khóa đợt và đưa vào hàng gửi</source>
        <translation>Seal the batch and queue it for upload</translation>
    </message>
    <message>
        <source>Lý do trả lại</source>
        <translation>Reason of the return</translation>
    </message>
    <message>
        <source>Lý do, Enter để ghi; Ctrl+Enter để trả hồ sơ</source>
        <translation>Reason; Enter notes it, Ctrl+Enter returns</translation>
    </message>
    <message>
        <source>Trả hồ sơ</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>duyệt</source>
        <translation>approve</translation>
    </message>
    <message>
        <source>trả lại với lý do</source>
        <translation>return with a reason</translation>
    </message>
    <message>
        <source>hồ sơ kế</source>
        <translation>next dossier</translation>
    </message>
    <message>
        <source>từng giá trị</source>
        <translation>each value</translation>
    </message>
    <message>
        <source>cả trang</source>
        <translation>whole page</translation>
    </message>
    <message>
        <source>trang</source>
        <translation>page</translation>
    </message>
    <message>
        <source>duyệt hồ sơ không nghi ngờ</source>
        <translation>approve those without a doubt</translation>
    </message>
    <message>
        <source>khóa và đưa vào hàng gửi</source>
        <translation>seal and queue</translation>
    </message>
    <message>
        <source>Còn {n} giá trị cần xem. Bấm lần nữa để vẫn duyệt, hoặc R để trả lại.</source>
        <translation>{n} values are still in doubt. Press again to approve anyway, or R to return.</translation>
    </message>
    <message>
        <source>Trả lại vì ô: {field}</source>
        <translation>Returned for: {field}</translation>
    </message>
    <message>
        <source>{at} · {n} hồ sơ</source>
        <translation>{at} · {n} doss.</translation>
    </message>
    <message>
        <source>(chưa có đợt nào)</source>
        <translation>(no batch yet)</translation>
    </message>
    <message>
        <source>{n} cần xem</source>
        <translation>{n} to look at</translation>
    </message>
    <message>
        <source>(chưa có số)</source>
        <translation>(no serial yet)</translation>
    </message>
    <message>
        <source>Duyệt nhanh ({n})</source>
        <translation>Approve clean ({n})</translation>
    </message>
    <message>
        <source>Chưa có hồ sơ nào chờ duyệt</source>
        <translation>No dossier waits for review</translation>
    </message>
    <message>
        <source>Trả hồ sơ ({n})</source>
        <translation>Return ({n})</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>Giấy chứng nhận</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>Người sử dụng đất</source>
        <translation>Land user</translation>
    </message>
    <message>
        <source>Giấy tờ tùy thân</source>
        <translation>Identity paper</translation>
    </message>
    <message>
        <source>Thửa đất</source>
        <translation>Parcel</translation>
    </message>
    <message>
        <source>Mục đích sử dụng</source>
        <translation>Land use</translation>
    </message>
    <message>
        <source>Bản đồ của thửa</source>
        <translation>Map of parcel</translation>
    </message>
    <message>
        <source>Tài sản gắn liền với đất</source>
        <translation>Asset on the land</translation>
    </message>
    <message>
        <source>Ghi chú, cấp giấy, vào sổ</source>
        <translation>Notes, issue, register</translation>
    </message>
    <message>
        <source>Thay đổi sau khi cấp</source>
        <translation>Change after issue</translation>
    </message>
    <message>
        <source>Người đang sử dụng</source>
        <translation>Current user</translation>
    </message>
    <message>
        <source>Lý do thay đổi người</source>
        <translation>Reason of the current user</translation>
    </message>
    <message>
        <source>Nơi lập hồ sơ</source>
        <translation>Office</translation>
    </message>
    <message>
        <source>Bị trả lại: {why}</source>
        <translation>Returned: {why}</translation>
    </message>
    <message>
        <source>đọc được “{text}”</source>
        <translation>read as “{text}”</translation>
    </message>
    <message>
        <source>Để trống: {why}</source>
        <translation>Left blank: {why}</translation>
    </message>
    <message>
        <source>Còn thiếu</source>
        <translation>Missing</translation>
    </message>
    <message>
        <source>Cần xem</source>
        <translation>To look at</translation>
    </message>
    <message>
        <source>Mâu thuẫn giữa các nơi đọc</source>
        <translation>Sources disagree</translation>
    </message>
    <message>
        <source>Đã được người nhập xác nhận</source>
        <translation>Confirmed by a person</translation>
    </message>
    <message>
        <source>Nội dung gõ chưa đúng</source>
        <translation>Typed wrongly</translation>
    </message>
    <message>
        <source>tin cậy {pct} %</source>
        <translation>{pct} % sure</translation>
    </message>
</context>
<context>
    <name>ScanControls</name>
    <message>
        <source>Quét (F5)</source>
        <translation>Scan (F5)</translation>
    </message>
    <message>
        <source>Dừng (Esc)</source>
        <translation>Stop (Esc)</translation>
    </message>
    <message>
        <source>Hồ sơ mới</source>
        <translation>New dossier</translation>
    </message>
    <message>
        <source>Hồ sơ tiếp theo, quét luôn</source>
        <translation>Next dossier, scan at once</translation>
    </message>
    <message>
        <source>Hồ sơ không có giấy…</source>
        <translation>Dossier without paper…</translation>
    </message>
    <message>
        <source>Thêm trang từ tệp…</source>
        <translation>Add pages from files…</translation>
    </message>
    <message>
        <source>Vào hồ sơ hiện tại (Ctrl+O)</source>
        <translation>Into the present dossier (Ctrl+O)</translation>
    </message>
    <message>
        <source>Nhập cả thư mục…</source>
        <translation>Import a folder…</translation>
    </message>
    <message>
        <source>Mỗi thư mục con là một hồ sơ</source>
        <translation>Each folder inside is a dossier</translation>
    </message>
</context>
<context>
    <name>ScanModel</name>
    <message>
        <source>Không có trang nào vào hồ sơ này.</source>
        <translation>No page came into this dossier.</translation>
    </message>
    <message>
        <source>Đang tìm máy quét…</source>
        <translation>Looking for scanners…</translation>
    </message>
    <message>
        <source>Đang gọi máy quét…</source>
        <translation>Calling the scanner…</translation>
    </message>
    <message>
        <source>Đang dừng…</source>
        <translation>Stopping…</translation>
    </message>
    <message>
        <source>Đang nhập tệp…</source>
        <translation>Importing files…</translation>
    </message>
    <message>
        <source>Đang quét trang {n}…</source>
        <translation>Scanning page {n}…</translation>
    </message>
    <message>
        <source>Trang {n} đã lưu an toàn</source>
        <translation>Page {n} is stored</translation>
    </message>
    <message>
        <source>Đang nhập tệp {done}/{total}</source>
        <translation>Importing file {done}/{total}</translation>
    </message>
    <message>
        <source>Đã quét {n} trang.</source>
        <translation>Pages scanned: {n}.</translation>
    </message>
    <message>
        <source>Đã nhập {pages} trang vào {dossiers} hồ sơ, {refused} tệp không nhận.</source>
        <translation>Pages taken: {pages}, dossiers: {dossiers}, files refused: {refused}.</translation>
    </message>
    <message>
        <source>Tìm thấy {n} máy quét.</source>
        <translation>Scanners found: {n}.</translation>
    </message>
    <message>
        <source>Không thấy máy quét nào. Kiểm tra nguồn và dây, rồi bấm Tìm lại; hoặc nhập từ tệp.</source>
        <translation>No scanner found. Check power and cable, then press Find again; or import files.</translation>
    </message>
</context>
<context>
    <name>ScanPages</name>
    <message>
        <source>Nhập hồ sơ này</source>
        <translation>Enter this dossier</translation>
    </message>
    <message>
        <source>Lên trước (Ctrl+Left)</source>
        <translation>Move forward (Ctrl+Left)</translation>
    </message>
    <message>
        <source>Ra sau (Ctrl+Right)</source>
        <translation>Move back (Ctrl+Right)</translation>
    </message>
    <message>
        <source>Xoay phải (Ctrl+R)</source>
        <translation>Turn right (Ctrl+R)</translation>
    </message>
    <message>
        <source>Bỏ trang (Delete)</source>
        <translation>Remove page (Delete)</translation>
    </message>
    <message>
        <source>Đặt các trang của &lt;b&gt;một&lt;/b&gt; giấy chứng nhận vào máy quét rồi bấm &lt;b&gt;F5&lt;/b&gt;.</source>
        <translation>Put the pages of &lt;b&gt;one&lt;/b&gt; certificate into the scanner and press &lt;b&gt;F5&lt;/b&gt;.</translation>
    </message>
    <message>
        <source>Chưa thấy máy quét. Cắm dây, bật máy rồi bấm &lt;b&gt;Tìm lại&lt;/b&gt;; hoặc nhập từ tệp.</source>
        <translation>No scanner found. Plug it in, switch it on and press &lt;b&gt;Find again&lt;/b&gt;; or take pages from files.</translation>
    </message>
    <message>
        <source>Quét xong một giấy, bấm &lt;b&gt;F6&lt;/b&gt;: sang hồ sơ tiếp theo và quét luôn.</source>
        <translation>When a certificate is done, press &lt;b&gt;F6&lt;/b&gt;: on to the next dossier, scanning at once.</translation>
    </message>
    <message>
        <source>Đã có ảnh hoặc PDF: bấm &lt;b&gt;Ctrl+O&lt;/b&gt;, hoặc kéo thả vào đây. Mỗi thư mục thành một hồ sơ mới.</source>
        <translation>If you have pictures or PDF: press &lt;b&gt;Ctrl+O&lt;/b&gt;, or drop them here. Each folder becomes a new dossier.</translation>
    </message>
    <message>
        <source>Giấy đang thế chấp hay đã mất: bấm &lt;b&gt;Hồ sơ không có giấy…&lt;/b&gt; và ghi lý do.</source>
        <translation>The certificate is mortgaged or lost: press &lt;b&gt;Dossier without paper…&lt;/b&gt; and say why.</translation>
    </message>
    <message>
        <source>Hồ sơ mới, chưa có trang</source>
        <translation>New dossier, no page yet</translation>
    </message>
    <message>
        <source>chưa có số phát hành</source>
        <translation>no serial yet</translation>
    </message>
    <message>
        <source>{serial} · {n} trang</source>
        <translation>{serial} · {n} pages</translation>
    </message>
    <message>
        <source>chưa có tên</source>
        <translation>no name yet</translation>
    </message>
    <message>
        <source>{n} ô cần xem</source>
        <translation>{n} to look at</translation>
    </message>
    <message>
        <source>Các trang sẽ được đọc sau khi quét.</source>
        <translation>The pages are read after the scan.</translation>
    </message>
</context>
<context>
    <name>ScanSettings</name>
    <message>
        <source>Máy quét</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Tìm lại</source>
        <translation>Find again</translation>
    </message>
    <message>
        <source>Nguồn giấy</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Độ phân giải</source>
        <translation>Resolution</translation>
    </message>
    <message>
        <source>Màu</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>Khổ giấy</source>
        <translation>Page size</translation>
    </message>
    <message>
        <source>Mặt kính</source>
        <translation>Flatbed</translation>
    </message>
    <message>
        <source>Khay nạp, một mặt</source>
        <translation>Feeder, one side</translation>
    </message>
    <message>
        <source>Khay nạp, hai mặt</source>
        <translation>Feeder, both sides</translation>
    </message>
    <message>
        <source>Đen trắng (xám)</source>
        <translation>Grey</translation>
    </message>
    <message>
        <source>(chưa thấy máy quét)</source>
        <translation>(no scanner yet)</translation>
    </message>
</context>
<context>
    <name>ScanView</name>
    <message>
        <source>quét</source>
        <translation>scan</translation>
    </message>
    <message>
        <source>dừng</source>
        <translation>stop</translation>
    </message>
    <message>
        <source>hồ sơ mới</source>
        <translation>new dossier</translation>
    </message>
    <message>
        <source>hồ sơ tiếp theo, quét luôn</source>
        <translation>next dossier, scan at once</translation>
    </message>
    <message>
        <source>thêm tệp</source>
        <translation>add files</translation>
    </message>
    <message>
        <source>xoay trang</source>
        <translation>turn page</translation>
    </message>
    <message>
        <source>đổi thứ tự</source>
        <translation>change order</translation>
    </message>
    <message>
        <source>bỏ trang</source>
        <translation>remove page</translation>
    </message>
    <message>
        <source>nhập hồ sơ này</source>
        <translation>enter this dossier</translation>
    </message>
    <message>
        <source>Chưa có máy quét. Bấm Tìm lại, hoặc nhập từ tệp.</source>
        <translation>No scanner yet. Press Find again, or import files.</translation>
    </message>
    <message>
        <source>Giấy chứng nhận</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>Chọn ảnh hoặc PDF</source>
        <translation>Choose images or PDFs</translation>
    </message>
    <message>
        <source>Ảnh và PDF</source>
        <translation>Images and PDF</translation>
    </message>
    <message>
        <source>Chọn thư mục hồ sơ</source>
        <translation>Choose a folder of dossiers</translation>
    </message>
    <message>
        <source>Bấm Delete lần nữa để bỏ trang {n} khỏi hồ sơ.</source>
        <translation>Press Delete again to take page {n} out of the dossier.</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Hãy điền đủ tên đăng nhập và mật khẩu (gõ hai lần) của cả hai người.</source>
        <translation>Fill in login and password (typed twice) of both people.</translation>
    </message>
</context>
<context>
    <name>Snippet</name>
    <message>
        <source>Ảnh phóng to của ô đang xem</source>
        <translation>Enlarged paper of the current field</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Các trang của hồ sơ</source>
        <translation>Pages of the dossier</translation>
    </message>
</context>
<context>
    <name>UploadModel</name>
    <message>
        <source>Đang tạm dừng…</source>
        <translation>Pausing…</translation>
    </message>
    <message>
        <source>Đã dừng theo yêu cầu; những gì đã lấy về vẫn giữ.</source>
        <translation>Stopped as asked; what was fetched so far is kept.</translation>
    </message>
    <message>
        <source>Máy này đã được máy chủ ghi nhận.</source>
        <translation>This device is enrolled now.</translation>
    </message>
    <message>
        <source>Đã gửi: máy chủ nhận {stored}, từ chối {refused}, trùng {conflict}, còn chờ {waiting}.</source>
        <translation>Sent: {stored} stored, {refused} refused, {conflict} in conflict, {waiting} waiting.</translation>
    </message>
    <message>
        <source>Đã lấy kết quả từ máy chủ.</source>
        <translation>Results fetched from the server.</translation>
    </message>
</context>
<context>
    <name>UploadTable</name>
    <message>
        <source>Số phát hành</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>Người sử dụng đất</source>
        <translation>Land user</translation>
    </message>
    <message>
        <source>Trạng thái</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Lần gửi</source>
        <translation>Tries</translation>
    </message>
    <message>
        <source>Lý do và việc cần làm</source>
        <translation>Reason and what to do</translation>
    </message>
    <message>
        <source>(chưa có số)</source>
        <translation>(no serial yet)</translation>
    </message>
    <message>
        <source>Enter: mở để sửa rồi trình lại.</source>
        <translation>Enter: open, correct and submit again.</translation>
    </message>
    <message>
        <source>Đang sửa; Enter: mở.</source>
        <translation>Being corrected; Enter: open.</translation>
    </message>
    <message>
        <source>Lần gửi tới sẽ hỏi máy chủ trước, không gửi lại mù.</source>
        <translation>The next run asks the server first; nothing is sent blindly.</translation>
    </message>
</context>
<context>
    <name>UploadView</name>
    <message>
        <source>Hàng gửi và kết quả</source>
        <translation>Queue and results</translation>
    </message>
    <message>
        <source>Gửi (F5)</source>
        <translation>Send (F5)</translation>
    </message>
    <message>
        <source>Tạm dừng</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Lấy kết quả (F6)</source>
        <translation>Fetch results (F6)</translation>
    </message>
    <message>
        <source>Mở để sửa</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Địa chỉ máy chủ</source>
        <translation>Server address</translation>
    </message>
    <message>
        <source>Mã ghi nhận máy</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>mã một lần do tỉnh cấp</source>
        <translation>one-time code from the province</translation>
    </message>
    <message>
        <source>Ghi nhận máy này</source>
        <translation>Enrol this device</translation>
    </message>
    <message>
        <source>Máy này chưa được máy chủ ghi nhận</source>
        <translation>This device is not enrolled yet</translation>
    </message>
    <message>
        <source>Mã</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Gửi hồ sơ</source>
        <translation>Upload</translation>
    </message>
    <message>
        <source>gửi</source>
        <translation>send</translation>
    </message>
    <message>
        <source>tạm dừng</source>
        <translation>pause</translation>
    </message>
    <message>
        <source>lấy kết quả</source>
        <translation>fetch results</translation>
    </message>
    <message>
        <source>mở hồ sơ cần sửa</source>
        <translation>open the dossier</translation>
    </message>
    <message>
        <source>Hãy điền địa chỉ máy chủ và mã.</source>
        <translation>Please fill in server address and code.</translation>
    </message>
    <message>
        <source>{waiting} chờ gửi · {sent} máy chủ đã nhận · {look} cần người xem</source>
        <translation>{waiting} waiting · {sent} stored by the server · {look} for a person</translation>
    </message>
    <message>
        <source>Người duyệt hoặc quản trị mới ghi nhận máy được.</source>
        <translation>Only a supervisor or administrator may enrol the device.</translation>
    </message>
    <message>
        <source>Đang nối với máy chủ…</source>
        <translation>Connecting to the server…</translation>
    </message>
    <message>
        <source>đang ước tính thời gian</source>
        <translation>estimating the time left</translation>
    </message>
    <message>
        <source>Trang {done}/{total} · {mb_done} / {mb_total} MB · {left}</source>
        <translation>Page {done}/{total} · {mb_done} / {mb_total} MB · {left}</translation>
    </message>
    <message>
        <source>còn dưới 1 phút</source>
        <translation>less than 1 minute left</translation>
    </message>
    <message>
        <source>còn khoảng {n} phút</source>
        <translation>about {n} minutes left</translation>
    </message>
    <message>
        <source>còn khoảng {n} giờ</source>
        <translation>about {n} hours left</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>Đã tìm lại {n} trang của lần quét bị ngắt.</source>
        <translation>Pages of a broken-off scan found again: {n}.</translation>
    </message>
    <message>
        <source>Đang đọc {n} hồ sơ…</source>
        <translation>Reading dossiers: {n}…</translation>
    </message>
</context>
<context>
    <name>_FirstPeopleCard</name>
    <message>
        <source>Xã, phường</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>(chọn sau)</source>
        <translation>(choose later)</translation>
    </message>
    <message>
        <source>Người duyệt</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Xem lại và duyệt hồ sơ, quản lý người dùng.</source>
        <translation>Reviews and approves, manages people.</translation>
    </message>
    <message>
        <source>Cán bộ nhập</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>Quét, nhập, trình duyệt và gửi hồ sơ.</source>
        <translation>Scans, enters, submits and uploads.</translation>
    </message>
    <message>
        <source>Tạo hai người dùng và bắt đầu</source>
        <translation>Make both users and begin</translation>
    </message>
    <message>
        <source>Để sau, làm việc với tên “setup”</source>
        <translation>Later; work as “setup”</translation>
    </message>
    <message>
        <source>Xã, phường của cơ quan</source>
        <translation>This office&apos;s commune</translation>
    </message>
    <message>
        <source>Người trình hồ sơ không được tự duyệt hồ sơ đó, vì vậy cần ít nhất hai người.</source>
        <translation>Nobody approves what they submitted, so at least two people are needed.</translation>
    </message>
    <message>
        <source>Kho dữ liệu mới</source>
        <translation>New store</translation>
    </message>
    <message>
        <source>Tạo những người dùng đầu tiên</source>
        <translation>Make the first users</translation>
    </message>
</context>
<context>
    <name>_PersonBox</name>
    <message>
        <source>Họ và tên</source>
        <translation>Full name</translation>
    </message>
    <message>
        <source>Tên đăng nhập</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Mật khẩu</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>ít nhất 8 ký tự</source>
        <translation>at least 8 characters</translation>
    </message>
    <message>
        <source>Gõ lại mật khẩu</source>
        <translation>Password again</translation>
    </message>
</context>
<context>
    <name>_SignInCard</name>
    <message>
        <source>Tên đăng nhập</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Mật khẩu</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Đăng nhập</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Địa Bạ</source>
        <translation>Địa Bạ</translation>
    </message>
    <message>
        <source>Số hóa giấy chứng nhận quyền sử dụng đất</source>
        <translation>Turns land certificates into clean records</translation>
    </message>
    <message>
        <source>Mật khẩu vừa gõ sai. Thử lại được sau {n} giây.</source>
        <translation>The password was wrong just now. You can try again in {n} s.</translation>
    </message>
</context>
</TS>
