### The letter with which `pilothouse doctor --mail` tries the way of the mail.

trial-subject = Test letter from Pilothouse
trial-lead = Somebody who runs Pilothouse at your company sent this letter to try the way of its mail. It came through; there is nothing to answer.
trial-look = To check more: in the source of this letter, your mail server's Authentication-Results should say dkim=pass, spf=pass and dmarc=pass.
