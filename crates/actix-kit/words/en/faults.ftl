# Kinds of failure, by status.
kind-400 = The request cannot be read
kind-401 = Sign-in needed
kind-403 = Not allowed
kind-404 = Not found
kind-405 = Method not allowed
kind-409 = Not possible now
kind-410 = Over
kind-412 = Changed meanwhile
kind-413 = Too large
kind-415 = Not a type we take
kind-422 = Please correct
kind-428 = Version needed
kind-429 = Too many attempts
kind-431 = Headers too large
kind-500 = Our mistake
kind-503 = Not available right now

# What everybody may be told.
fault-malformed = The request cannot be read. Check its format and send it again.
fault-bad_cursor = This page mark was not made by this server. Begin again from the first page.
fault-idempotency_key_missing = Send an Idempotency-Key header, so that a repeated request is done once.
fault-sign_in_needed = Sign in to go on.
fault-not_allowed = Your roles do not include this.
fault-audience = This is not open to you.
fault-cross_site = The form was not sent from one of our own pages. Reload the page and send it again.
fault-scope = This token was not given the right to do this.
fault-not_found = This does not exist or is not open to you.
fault-method_not_allowed = This address does not take that method.
fault-already_exists = It exists already.
fault-in_use = Something else refers to it, or what it refers to is gone.
fault-illegal_step = It cannot go from “{ $from }” to “{ $to }”.
fault-idempotency_in_flight = The same request is being worked on. Wait a moment.
fault-stale = Somebody changed this meanwhile. Look at it again, then repeat your change.
fault-too_large = This is larger than allowed.
fault-media_type = Send it as { $taken }.
fault-invalid = Some of what was entered cannot be taken. See below.
fault-idempotency_mismatch = This Idempotency-Key was used before with another request.
fault-version_needed = Say with If-Match which version you edited.
fault-too_many = Too many attempts. Try again in a little while.
fault-headers_too_large = The headers of the request are larger than allowed.
fault-internal = Something went wrong on our side. It has been noted.
fault-busy = Many people are here at once. Try again in a moment.
fault-database_unavailable = The database cannot be reached right now. Try again in a moment.
fault-write_failed = It could not be stored. Try again in a moment.
fault-schema_newer = The database was written by a newer version of this software.
fault-write_conflict = Others changed the same things at the same moment. Try again in a moment.

# Beside a field.
fault-required = This is needed.
fault-too_long = Too long: at most { $most } characters.
fault-too_many_marks = One of the letters carries too many marks.
fault-not_an_email = This is not an e-mail address.
fault-out_of_range = Between { $least } and { $most }, please.
fault-not_a_language = This is not a language code.
fault-wrong_shape = This does not have the form expected here.
