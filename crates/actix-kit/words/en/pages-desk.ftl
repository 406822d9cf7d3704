# The desk: its navigation.
desk-nav = The desk
desk-nav-home = Today
desk-nav-edition = Edition
desk-nav-rooms = Venues and rooms
desk-nav-sessions = Sessions
desk-nav-conflicts = Conflicts
desk-nav-releases = Releases
desk-nav-rules = Rules
desk-nav-registrations = Registrations
desk-nav-categories = Categories
desk-nav-confirmations = Confirmations
desk-nav-organisations = Organisations
desk-nav-people = People
desk-nav-roll = Member roll
desk-nav-letters = Letters
desk-nav-audit = Who did what

# What is done.
done-saved = Saved.
done-removed = Removed.
done-stepped = The edition has taken this step.
done-placed = The session has its place.
done-unplaced = The session has no place any more.
done-swapped = The two sessions have changed places.
done-cancelled = Cancelled.
done-waived = The conflict is waived, with its reason.
done-unwaived = The conflict counts again.
done-released = The programme is released.
done-decided = Decided. The person is told by letter.
done-confirmed = Confirmed.
done-confirmed-some = Confirmed where the evidence suffices. The others still wait.
done-refused = Refused, with the reason.
done-granted = The role is given.
done-ended = Ended.
done-imported = The member roll is imported.
done-accepted = Accepted.
done-held = The letter is held back.
done-let-go = The letter goes out.
done-resent = A new copy goes out.

# Today.
desk-today = What waits
desk-waits = Waiting
desk-how-many = How many
desk-waits-conflicts = Conflicts in the draft
desk-waits-positions = Positions to confirm
desk-waits-registrations = Registrations to decide
desk-waits-letters = Letters held or failed
desk-first-run = From an empty desk to an open congress
desk-editions = Editions
desk-todo-go = Go there
desk-todo-edition = The edition is announced
desk-todo-edition-text = { $count ->
    [one] One language; dates, zone and city can still change.
   *[other] { $count } languages; dates, zone and city can still change.
 }
desk-todo-tracks = Tracks and formats
desk-todo-tracks-text = { $count } in all, each with its rules.
desk-todo-rooms = Venue and rooms
desk-todo-rooms-text = { $count ->
    [0] No room yet.
    [one] One room.
   *[other] { $count } rooms.
 }
desk-todo-categories = Categories of registration
desk-todo-categories-text = { $count ->
    [0] Nobody can register without one.
    [one] One category.
   *[other] { $count } categories.
 }
desk-todo-roll = Member roll
desk-todo-roll-text = { $count ->
    [0] No organisation yet: import the roll, with a trial first.
   *[other] Organisations are there. Import again when the roll changes.
 }
desk-todo-sessions = First sessions
desk-todo-sessions-text = { $count ->
    [0] No session yet.
    [one] One session in the draft.
   *[other] { $count } sessions in the draft.
 }
desk-todo-release = A released programme
desk-todo-release-text = { $count ->
    [0] The public sees nothing before the first release.
    [one] One release.
   *[other] { $count } releases.
 }
desk-todo-open = Registration is open
desk-todo-open-text = Announce the edition, then open it: from then on people register.

# The edition.
desk-edition-new = A new edition
desk-edition-new-lead = An edition is one congress: its dates, its city, its languages. Everything else belongs to it.
desk-edition-facts = Facts
desk-edition-title = Title
desk-edition-state = State
desk-edition-slug = Name in addresses
desk-edition-slug-hint = Small letters, digits and hyphens: durban-2019
desk-edition-motto = Motto
desk-edition-city = City
desk-edition-country = Country
desk-country-hint = Two letters, such as ZA or FR
desk-edition-zone = Time zone
desk-edition-zone-hint = As in Africa/Johannesburg or Europe/Paris
desk-edition-starts-on = First day
desk-edition-ends-on = Last day
desk-edition-languages = Languages of the congress
desk-edition-mandate-years = Years of a mandate
desk-edition-standard = Begin with the usual tracks, formats, domains, rules and categories
desk-edition-standard-hint = All of them can be changed afterwards.
desk-edition-steps = An edition goes step by step; each step is noted.
desk-edition-step = Step to: { $state }

# Venues and rooms.
desk-room-new = Add a room
desk-venue-new = Add a venue
desk-rooms-none = No rooms yet
desk-rooms-none-hint = Add the venue first, then its rooms with their places and access.
desk-venues = Venues
desk-room-name = Room
desk-room-venue = Venue
desk-room-capacity = Places
desk-room-capacity-hint = How many people fit. Left empty, it is not known.
desk-room-floor = Floor
desk-room-directions = How to get there
desk-room-access = Accessibility
desk-room-step-free = Step-free
desk-room-hearing-loop = Hearing loop
desk-room-captions = Live captions
desk-room-sign-language = Sign language
desk-room-quiet = Quiet room nearby
desk-room-equipment = Equipment
desk-room-booths = Interpreters’ booths
desk-room-streaming = Streaming
desk-room-layout = Layout
desk-room-turnaround-minutes = Minutes between sessions
desk-room-hours = Opening hours
desk-room-opens = Opens
desk-room-closes = Closes
desk-room-remove = Remove this room
desk-position = Place in the order
desk-venue-name = Venue
desk-venue-address = Address
desk-venue-directions = How to get there
