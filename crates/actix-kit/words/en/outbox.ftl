# The outbox and the audit at the desk.
desk-letter-kind = About
desk-letter-person = Number of the person
desk-letter-body = Text
desk-letter-not-before = Not before
desk-letter-next-try = Next try
desk-letter-send-now = Send it now
desk-letter-tries = Tries to deliver it
desk-letter-tries-none = Not tried yet.
desk-letter-said = What the mail server said
desk-letter-words = Change its words
desk-letter-words-hint = It leaves as plain text. [site] and [site_name] stand for the site’s address and name.
desk-letter-bounce = It came back
desk-letter-bounce-hint = What the notice says: 550 5.1.1 no such mailbox
desk-letter-bounce-do = Record that it came back
desk-audit-of-this = What was done to this
desk-audit-somebody = Somebody of a desk
desk-audit-by-this-person = What this person did
desk-letters-to-this-person = Letters to this person
desk-audit-person = Number of the person

# What letters are about.
letter-kind-sign_in_code = Code to sign in
letter-kind-registration_code = Code to register
letter-kind-verify_code = Code to prove oneself again
letter-kind-reset_code = Code for a new password
letter-kind-new_email_code = Code for a new address
letter-kind-account_changed = Account changed
letter-kind-erased = Erasure done
letter-kind-second_factor_changed = Second factor changed
letter-kind-identity_changed = Way to sign in changed
letter-kind-registration_received = Registration received
letter-kind-registration_decided = Registration decided
letter-kind-position_confirmed = Position confirmed
letter-kind-position_refused = Position not confirmed
letter-kind-track_decision = Track decision
letter-kind-seat_offered = Seat offered
letter-kind-seat_confirmed = Seat confirmed
letter-kind-staff_invitation = Invitation to help
letter-kind-programme_changed = Programme changed
letter-kind-confirm_reminder = Reminder to confirm
letter-kind-webhook_given_up = Webhook given up
letter-kind-session_change_settled = Changes to a session settled
letter-kind-delegate_invited = Named in a delegation
letter-kind-delegate_left = No longer in a delegation
letter-kind-seat_lost = Seat ended
letter-kind-paper_named = Named to work at a paper
letter-kind-paper_news = What became of a paper
letter-kind-circular = Letter to many

# How far a letter is, and what became of a try.
letter-state-bounced = Came back
delivery-outcome-taken = Taken
delivery-outcome-put_off = Put off
delivery-outcome-refused = Refused
delivery-outcome-bounced = Came back
