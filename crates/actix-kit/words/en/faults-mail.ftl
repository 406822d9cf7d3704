# Letters.
fault-purpose_not_offered = Codes are sent to sign in, to register, or to set a new password. Choose one of these.
fault-bad_mail_settings = Letters cannot leave: the mail server’s settings are wrong ({ $what }). Tell the people who run this site.
fault-letter_has_left = This letter has left, is leaving or was given up: its text stays as it is. Send a new copy instead.
fault-letter_has_code = A letter with a code keeps its text.
