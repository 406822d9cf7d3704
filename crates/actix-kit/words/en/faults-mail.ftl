# Letters.
fault-purpose_not_offered = Codes are sent to sign in, to register, or to set a new password. Choose one of these.
fault-bad_mail_settings = Letters cannot leave: the mail server’s settings are wrong ({ $what }). Tell the people who run this site.
