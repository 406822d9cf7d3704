# Signing in, accounts and appointments.
fault-wrong_password = Address and password do not belong together. Try again, or have a code sent.
fault-wrong_code = This code is not right, was used, or is older than ten minutes. Check it, or have a new one sent.
fault-email_taken = This address belongs to another account. Use another address, or sign in with this one.
fault-proof_needed = For this, give your password, or a code sent to your address just now.
fault-wrong_second_code = This is not the code your app shows now, or it was used already. Wait for the next one; if it keeps failing, check your telephone’s clock.
fault-wrong_recovery_code = This is none of your recovery codes, or it was used already.
fault-sign_in_over = This sign-in waited too long or was tried too often. Sign in anew.
fault-second_factor_on = Your account has a second factor already.
fault-second_factor_off = This account has no second factor.
fault-second_factor_not_begun = No secret waits for its code in this browser. Begin anew.
fault-second_factor_required = A role you hold asks for a second factor. Add one on your account’s page; until then nothing else opens.
fault-not_your_own = Your own is removed on your account’s page, by itself. Ask somebody else who runs the site to reset it.
fault-last_admin = Nobody else runs this site. Appoint somebody first.
fault-already_ended = This appointment has ended already.
fault-role_not_by_hand = This role comes by itself, with a registration, a seat in a body or an organisation’s desk. Change it there.
fault-scope_mismatch = This role is not held over this kind of thing. Choose another scope.

# Beside a field.
fault-too_short = Too short: at least { $least }.
fault-too_common = Many people use this password, so others guess it. Choose another.
fault-unchanged = This is your address already. Enter another.
fault-too_many_tokens = You have { $most } tokens, and no more are possible. End one first.
fault-never_asked = Of this role it is never asked.
