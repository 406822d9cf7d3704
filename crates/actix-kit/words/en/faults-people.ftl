# Signing in, accounts and appointments.
fault-wrong_password = Address and password do not belong together. Try again, or have a code sent.
fault-wrong_code = This code is not right, was used, or is older than ten minutes. Check it, or have a new one sent.
fault-email_taken = This address belongs to another account. Use another address, or sign in with this one.
fault-proof_needed = For this, give your password, or a code sent to your address just now.
fault-last_admin = Nobody else runs this site. Appoint somebody first.
fault-already_ended = This appointment has ended already.
fault-role_not_by_hand = This role comes by itself, with a registration, a seat in a body or an organisation’s desk. Change it there.
fault-scope_mismatch = This role is not held over this kind of thing. Choose another scope.

# Beside a field.
fault-too_short = Too short: at least { $least }.
fault-too_common = Many people use this password, so others guess it. Choose another.
fault-unchanged = This is your address already. Enter another.
fault-too_many_tokens = You have { $most } tokens, and no more are possible. End one first.
