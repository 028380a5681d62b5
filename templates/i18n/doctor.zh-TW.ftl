### `pilothouse doctor --mail` 用來試寄的那封信。

trial-subject = Pilothouse 測試信
trial-lead = 這封信由貴公司維運 Pilothouse 的同仁寄出，用來確認郵件能不能送達。你收到了，表示一切順利，不必回覆。
trial-look = 想再確認：請看這封信的原始內容，貴公司郵件伺服器寫的 Authentication-Results 應該有 dkim=pass、spf=pass 與 dmarc=pass。
