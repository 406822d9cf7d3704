# Letters to many.

desk-nav-circulars = Letters to many
desk-circular-new = Write to many
desk-circulars-none-hint = Write one here, or from a list of registrations or sessions.
desk-circular-purpose = What it is for
desk-circular-subject = Subject
desk-circular-body = Text
desk-circular-of = To whom
desk-circular-state = State
desk-circular-letters = Letters
desk-circular-whom = Whom it goes to
desk-circular-count = { $count ->
    [0] Nobody would be written to.
    [one] One person would be written to.
   *[other] { $count } people would be written to.
}
desk-circular-sample = Among them: { $names }
desk-circular-left-out = Not written to, because
desk-circular-left-out-none = Nobody is left out.
desk-circular-preview = How it reads: { $language }
desk-circular-instead = Not written in this language: its readers have it in { $language }.
desk-circular-send = { $count ->
    [one] Write to this person
   *[other] Write to these { $count } people
}
desk-circular-discard = Throw it away
desk-circular-edit = Change it
desk-circular-save = Keep it and see whom it goes to
desk-circular-progress = How far its letters are
desk-circular-its-letters = Its letters in the outbox
desk-circular-of-registered = Only of the registered
desk-circular-of-sessions = Only of some sessions
desk-circular-of-both = Of registrations and sessions
desk-circular-state-hint = Who takes part, when left open.
desk-circular-country = Country
desk-circular-country-hint = Its two letters: ZA. Of the organisation, also for members.
desk-circular-segment = Whom it goes to
desk-circular-session = Number of the session
desk-circular-session-hint = It stands in the address of the session’s page.
desk-write-to-these = Write to these…
desk-write-to-seated = Write to who has a seat…
done-circular-sent = Sent. Each letter waits in the outbox.
circular-state-draft = Being written
circular-state-sent = Sent
circular-purpose-service = What one needs to know to take part, or as a member
circular-purpose-news = News; only to those who agreed to news
segment-of-registered = Who is registered
segment-of-speakers = Who has a part in a session
segment-of-leads = Who leads a session
segment-of-reserved = Who has a seat in a session
segment-of-members = Who has a position in a member organisation
not-written-erased = they were erased
not-written-no_address = we know no address of theirs
not-written-bounced = the last letter to them came back
not-written-no_consent = they did not agree to news
fault-circular_was_sent = This letter was sent already.
fault-segment_too_large = At most { $most } people are written to at once. Narrow it down.
fault-segment_changed = It would go to { $now } people by now, and not to { $said } as was shown. Look again.
fault-nobody_to_write_to = There is nobody whom it may go to.
