### 計畫中的應變劇本：建議啟動、進行中、再次啟動。

playbook-offered = 建議啟動
playbook-offered-why = 最近兩次的數字符合啟動條件。
playbook-running = 正在進行，步驟已列入計畫。
playbook-again = 再次啟動
playbook-today-title = 現在適用的應變劇本
playbook-today-why = { $manager }的數字符合「{ $playbook }」的啟動條件。
playbook-today-why-own = 你的數字符合「{ $playbook }」的啟動條件。劇本會一步一步帶你處理。
playbook-today-open = 到計畫頁查看
playbook-mail = 建議為{ $manager }啟動「{ $playbook }」：數字符合啟動條件，可從計畫頁啟動。
