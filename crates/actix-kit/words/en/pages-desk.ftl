# The desk: its navigation.
desk-nav = The desk
desk-nav-home = Today
desk-nav-edition = Edition
desk-nav-rooms = Venues and rooms
desk-nav-sessions = Sessions
desk-nav-board = Programme board
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
done-rescheduled = The sessions are put at their new times.
done-copied = The break is copied.
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
desk-waits-proposals = Proposals without a place
desk-waits-blocking = Clashes that block the release
desk-waits-conflicts = Other clashes in the draft
desk-waits-agendas = Meetings whose agenda has not gone out
desk-waits-positions = Positions to confirm
desk-waits-registrations = Registrations to decide
desk-waits-held = Letters held
desk-waits-failed = Letters that failed
desk-waits-nothing = Nothing waits for you here.
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

# Sessions.
desk-session-new = Add a session
desk-sessions-none-hint = Add the first session; it stays in the draft until a release.
desk-session-title = Title
desk-session-abstract = Abstract
desk-session-kind = Kind
desk-session-track = Track
desk-session-track-hint = Ceremonies, plenaries and breaks belong to no track.
desk-session-state = State
desk-session-day = Day
desk-session-placed = Has a place
desk-session-when = When and where
desk-session-unplaced = No time yet
desk-session-length-minutes = Length in minutes
desk-session-entry = How one gets in
desk-session-capacity = Seats
desk-session-capacity-hint = For reserved seats. Left empty, the room decides.
desk-session-attendance = How one attends
desk-session-join-link = Link for those online
desk-session-languages = Languages
desk-session-floor = Spoken on the floor
desk-session-interpreted = Interpreted into
desk-session-access = What it asks for
desk-session-code = Short code
desk-session-local4action = Format (Local4Action)
desk-session-format = Format
desk-session-format-kind = Kind within the format
desk-session-domain = Policy domain
desk-session-other-domains = Further domains
desk-session-method = Method
desk-session-method-hint = For a Lab: what people do together in it.
desk-session-participants-max = Most participants
desk-session-spheres = Spheres of government
desk-sphere-local = Local
desk-sphere-regional = Regional
desk-sphere-national = National
desk-session-call = Call it came through
desk-session-town-hall = Theme (Town Hall)
desk-session-theme = Theme
desk-session-assembly = Sitting and papers (Assembly)
desk-session-region-group = Group of regions
desk-session-sector = Sector
desk-session-scope = What the sitting is about
desk-session-paper = Paper
desk-session-papers = Papers
desk-session-statutory = Body (Statutory)
desk-session-body = Body that meets
desk-session-organisers = Organisers
desk-session-organiser = Organisation
desk-session-leads = Leads the session
desk-session-speakers = Speakers
desk-session-speaker = Name
desk-session-speaker-role = As what
desk-session-affiliation = From where
desk-session-high-level = Of high rank
desk-session-elected = Elected
desk-session-remove = Remove this session

# Placing.
desk-place = Give it a place
desk-move = Move it
desk-place-room = Room
desk-place-starts = Starts, by the congress’s clock
desk-place-length-minutes = Length in minutes
desk-place-do = Place it and see the conflicts
desk-unplace = Take its place away
desk-swap = Swap two sessions
desk-swap-lead = Each takes the other’s room and start.
desk-swap-one = This session
desk-swap-other = And this one
desk-cancel = Cancel the session
desk-cancel-reason = Reason, told to all who planned to come
desk-cancel-do = Cancel it

# Conflicts.
desk-conflicts-lead = What stands against the draft as it is. Errors hold a release back until they are settled or waived with a reason.
desk-conflicts-none = No conflicts
desk-conflict-sentence = What is wrong
desk-conflict-severity = How grave
desk-conflict-sessions = Sessions
desk-conflict-act = Waiver
desk-waive = Waive
desk-waive-reason = Reason
desk-unwaive = Take the waiver back

# Releases.
desk-release-new = Prepare a release
desk-release-title = Release { $number }: what would change
desk-releases-none = Nothing is released yet
desk-releases-none-hint = The public sees the programme from the first release on.
desk-release-number = Number
desk-release-name = Name
desk-release-name-hint = Left empty, it is called by its number.
desk-release-only = Release only what is ticked
desk-release-all = Release everything
desk-release-at = When
desk-release-note = Note to readers
desk-release-draft = State of the draft
desk-release-why = Why not
desk-release-unchanged = Nothing has changed since the last release
desk-release-unchanged-hint = Change or place a session first.
desk-release-refusals = Not ready to be released
desk-release-conflicts = Conflicts left
desk-release-changes = { $count ->
    [one] One change
   *[other] { $count } changes
 }
desk-release-told = Once released, the programme and its calendars change for everybody who may see these sessions, and those who have a changed session on their agenda see the change there.
desk-change = Change
desk-change-words = In words
desk-change-from-to = { $was } → { $is }
desk-change-added = New
desk-change-removed = No longer shown
desk-change-cancelled = Cancelled
desk-change-time = Another time
desk-change-room = Another room
desk-change-title = Another title
desk-change-people = Other people
desk-change-text = Other details

# Categories.
desk-category-new = Add a category
desk-categories-none = No categories yet
desk-categories-none-hint = Nobody can register without one. Begin with the usual ones, or add your own.
desk-categories-seed = Begin with the usual categories
desk-category-title = Category
desk-category-description = What it is
desk-category-code = Code
desk-category-places-max = Places
desk-category-places-hint = Beyond these, people wait in order. Left empty, there is no limit.
desk-category-no-limit = No limit
desk-category-taken = Taken
desk-category-opens-on = Opens on
desk-category-closes-on = Closes on
desk-category-tag = What it makes of people
desk-category-tag-hint = Rules can ask for it.
desk-category-needs-review = Somebody decides on each
desk-category-no-sessions = Opens no sessions
desk-category-retired = No longer offered

# Registrations.
desk-registration-name = Name
desk-registration-organisation = Organisation
desk-registration-position = Position
desk-registration-category = Category
desk-registration-state = State
desk-registration-number = Number
desk-registration-email = E-mail
desk-registration-person = This person
desk-registration-decide = Decide
desk-registration-accept = Accept
desk-registration-refuse = Refuse
desk-registration-reason = Reason
desk-registration-reason-hint = The letter of refusal says it.

# Confirmations.
desk-confirmations-lead = The best proven stand first. An e-mail domain alone confirms nobody: look at those one by one.
desk-confirmations-none = No position waits
desk-confirmations-check = Confirm the ticked ones …
desk-confirmations-about-to = { $count ->
    [one] You are about to confirm one position.
   *[other] You are about to confirm { $count } positions.
 }
desk-confirmations-do = { $count ->
    [one] Confirm it
   *[other] Confirm these { $count }
 }
desk-position-person = Person
desk-position-kind = Position
desk-position-organisation = Organisation
desk-position-evidence = What speaks for it
desk-position-look = Look
desk-position-reason = Reason
desk-position-confirm = Confirm
desk-position-refuse = Refuse

# The member roll.
desk-roll-file = File
desk-roll-file-hint = CSV or Excel (XLSX), one organisation a row, with a row of headings: name, country, kind, category, state …
desk-roll-charset = Characters
desk-charset-utf-8 = UTF-8 (usual)
desk-charset-windows-1252 = Windows-1252 (older Excel)
desk-roll-try = Try it, change nothing
desk-roll-plan = What the import would do
desk-roll-plan-lead = Nothing is changed yet.
desk-roll-name = Organisation
desk-roll-row = Row
desk-roll-fate = What becomes of it
desk-roll-changes = Changes
desk-roll-messages = To be looked at
desk-roll-good-rows-only = Leave out the rows at fault and take the others
desk-roll-apply = Import it now
desk-roll-too-long = This file is too long to be kept between two pages. Split it, or send it to the programming interface.
desk-roll-again = Another file
desk-fate-create = New
desk-fate-update = Changed
desk-fate-unchanged = Known already
desk-fate-error = At fault

# Rules.
desk-rules-lead = Each rule is a sentence. What is nearer wins: a session over its format, a format over its track.
desk-rules-others = Further rules
desk-scope-general = Everything
desk-scope-track = Track
desk-scope-kind = Kind of session
desk-scope-body = Body
desk-scope-format = Format
desk-scope-session = Session
desk-scope-door = Door
desk-act-read = see
desk-rule-of = Rule of
desk-rule-act = To
desk-rule-sentence = Who may
desk-rule-none = No rule of its own: what is more general holds.
desk-rule-edit = Change
desk-rule-change = Change the rule
desk-rule-try = Try it on somebody
desk-rule-try-name = Name of the person
desk-rule-admits = { $name } may do this ({ $act }).
desk-rule-refuses = { $name } may not do this ({ $act }), because the rule says: { $sentence }
desk-rule-any-of = One of these
desk-rule-any-of-hint = Only this lets people in. Tick nothing, and nobody may.
desk-rule-all-of = And all of these
desk-rule-all-of-hint = Narrows the first.
desk-rule-none-of = And none of these
desk-rule-none-of-hint = Exceptions.
desk-rule-rule = Rule
desk-rule-nested = This rule holds rules within it; they stay as they are.
desk-rule-reading = How it is to be read
desk-rule-reading-hint = Where the text it comes from leaves a doubt.
desk-rule-preview = See who gains and who loses
desk-rule-preview-title = Who would gain and who would lose
desk-rule-preview-people = { $count ->
    [one] One person is registered.
   *[other] { $count } people are registered.
}
desk-rule-preview-nobody = Nothing changes for anybody who is registered.
desk-rule-preview-category = Category
desk-rule-preview-gain = Would gain
desk-rule-preview-lose = Would lose
desk-rule-preview-all = Altogether
desk-rule-preview-first-gain = Would gain, first by name: { $names }
desk-rule-preview-first-lose = Would lose, first by name: { $names }
desk-rule-preview-seats = Those who would lose hold these seats, are offered them or wait for them. Choose below what becomes of them.
desk-rule-lost-seats = The seats of those who lose
lost-seats-keep = They keep them
lost-seats-release = They are given back to the next in line; a letter tells each. Who may attend by an invitation or a roster keeps theirs
desk-rule-preview-limits = What hangs on one session alone is not counted: an invitation to it, a body’s roster, a call.
desk-rule-same = Make it the same as for proposing

# Letters and audit.
desk-letters-none = No letters
desk-letter-subject = Subject
desk-letter-to = To
desk-letter-language = Language
desk-letter-state = State
desk-letter-written = Written
desk-letter-sent = Sent
desk-letter-error = What went wrong
desk-letter-hold = Hold it back
desk-letter-release = Let it go
desk-letter-cancel = Cancel it
desk-letter-resend = Send a new copy
desk-audit-at = When
desk-audit-who = Who
desk-audit-nobody = The system
desk-audit-act = Act
desk-audit-object-kind = Kind of object
desk-audit-object = Its number
desk-audit-day = Day
desk-audit-erased = erased with the person
desk-audit-facts = Facts

# People and their roles.
desk-person-name = Name
desk-person-badge = On the badge
desk-person-language = Language
desk-person-positions = Positions
desk-person-roles = Roles
desk-position-state = State
desk-standing-role = Role
desk-standing-scope = Over
desk-standing-scope-ref = Which one
desk-standing-scope-ref-hint = A track’s or section’s code, or the number of the thing; nothing for everywhere.
desk-standing-basis = On what basis
desk-standing-basis-hint = A decision, a letter, a date: whoever reads the audit sees it.
desk-standing-grant = Give a role
desk-standing-end = Until
desk-standing-end-do = End it now
desk-standing-over = Over
desk-over-everywhere = Everywhere
desk-over-edition = Edition
desk-over-track = Track
desk-over-organisation = Organisation
desk-over-body = Body
desk-over-session = Session
desk-over-theme = Theme
desk-over-section = Section

# Organisations.
desk-organisation-new = Add an organisation
desk-organisations-none-hint = Import the member roll, or add one by hand.
desk-organisation-name = Name
desk-organisation-names = Its name in other languages
desk-organisation-acronym = Acronym
desk-organisation-kind = Kind
desk-organisation-country = Country
desk-organisation-section = Section of UCLG
desk-organisation-site = Web site
desk-organisation-email-domain = E-mail domain
desk-organisation-email-domain-hint = A hint for confirmations; alone it confirms nobody.
desk-organisation-despite-lookalike = It is another one, although the names look alike
desk-organisation-state = State
desk-organisation-membership = Membership
desk-organisation-accept = Accept this proposal
desk-organisation-people = People and positions
desk-organisation-focal-points = Focal points
desk-organisation-focal-point = New focal point
desk-organisation-memberships = Memberships
desk-membership-category = Category
desk-membership-state = State
desk-membership-step = Next step
desk-membership-to = Step to
desk-membership-reason = Reason
desk-membership-go = Take this step
desk-membership-admit = Record a membership
desk-organisation-dues = Dues
desk-dues-year = Year
desk-dues-state = State
desk-dues-paid-on = Paid on
desk-dues-record = Record the dues
desk-organisation-relations = Relations
desk-relation-kind = Relation
desk-relation-other = With which organisation
desk-relation-basis = On what basis
desk-relation-record = Record the relation
desk-relation-end = End it

# States that wait.
registration-state-waiting = Waiting for a place
letter-state-waiting = Waiting to leave

desk-nav-catalogue = Tracks and formats
desk-track-new = Add a track
desk-track-title = Title
desk-track-subtitle = Subtitle
desk-track-description = In its own words
desk-track-places-max = Places
desk-track-places-max-hint = The most people admitted to the track; leave it empty for no limit.
desk-track-position = Place in the order
desk-track-code = Code
desk-track-remove = Remove this track
desk-no-limit = no limit
desk-code = Code
desk-code-hint = Short, for addresses and files; made from the title when empty.
desk-formats = Formats of session
desk-format-new = Add a format
desk-format-unnamed = A format to fill
desk-format-empty-lead = This format has no rules yet. Give it a title and what it asks of sessions; then say under Rules who may propose and attend.
desk-format-title = Title
desk-format-tagline = Invitation in one line
desk-format-lengths = Minutes: shortest · usual · longest
desk-format-state = State
desk-format-code = Code
desk-format-position = Place in the order
desk-format-terms = What it asks of its sessions
desk-format-minutes-min = Shortest, in minutes
desk-format-minutes-usual = Usual, in minutes
desk-format-minutes-max = Longest, in minutes
desk-format-needs-call = Sessions come only through a call
desk-format-interactive = Sessions state their method and most participants
desk-format-high-level = Sessions have a speaker of high rank
desk-format-spheres = Sessions name the spheres of government involved
desk-format-kinds = Kinds within it
desk-format-kind = Title of a kind
desk-format-retire = Offer this format no longer
desk-format-bring-back = Offer this format again
desk-format-remove = Remove this format
desk-domains = Policy domains
desk-domain-new = Add a policy domain
desk-domain-title = Title
desk-domain-state = State
desk-domain-code = Code
desk-domain-position = Place in the order
desk-domain-retired = Not offered to new sessions
desk-domain-remove = Remove this domain

# Themes of the Town Hall.
desk-themes = Town Hall themes
desk-theme-new = Add a theme
desk-theme-title = Title
desk-theme-question = The question it asks
desk-theme-code = Code
desk-theme-position = Place in the order
desk-theme-led-by = Led by
desk-theme-state = State
desk-theme-retired = Not offered to new sessions
desk-theme-remove = Remove this theme
desk-theme-partners = Organisations behind it
desk-theme-leads = Who leads it
desk-theme-leads-hint = They prepare the sessions of this theme, and belong to one of its organisations.
desk-partner-organisation-name = Organisation
desk-partner-organisation-hint = Type the beginning of its name. The lead comes from civil society.
desk-partner-role = Part in the theme
desk-partner-since = Since
desk-partner-end = End
desk-partner-end-do = End its part
desk-partner-name = Name this organisation
desk-lead-person = Person
desk-lead-since = Since
desk-lead-dismiss = End
desk-lead-dismiss-do = Take the lead from them
desk-lead-name = Name to lead
desk-lead-nobody = Nobody has a confirmed position in one of its organisations yet. Name an organisation first, or confirm a position.

# What sittings of the Assembly are about.
desk-scopes = Regions and sectors of sittings
desk-scopes-standard = These are offered until you change or add one; then the list is this congress’s own.
desk-sitting-new = Add a group of regions or a sector
desk-sitting-title = Title
desk-sitting-kind = Kind
desk-sitting-code = Code
desk-sitting-position = Place in the order
desk-sitting-sections = Sections
desk-sitting-sections-hint = A group of regions has at least one.
desk-sitting-remove = Remove this one

desk-nav-meetings = Statutory meetings
desk-meetings-none = No meetings yet
desk-meetings-none-hint = Plan one for a body below; then give it a room and a time like any session.
desk-meeting-plan = Plan a meeting
desk-meeting-title = Title
desk-meeting-title-hint = The name of the body when left empty.
desk-meeting-body = Body
desk-meeting-when = When
desk-meeting-state = State
desk-meeting-length-minutes = Minutes
desk-meeting-place = Room and time
desk-meeting-see = See it as members do
desk-meeting-doors = Three doors
desk-meeting-line = The line in the programme
desk-meeting-room = The room
desk-meeting-papers = Papers of the meeting
desk-meeting-agenda = Agenda
desk-meeting-agenda-none = No items yet.
desk-meeting-due = The agenda is due by
desk-meeting-agenda-send = Send the agenda out
desk-meeting-agenda-sent = The agenda went out on { $when }.
desk-item-new = Add an item
desk-item-title = Item
desk-item-kind = What is asked
desk-item-papers = Papers
desk-paper-new = Add a paper
desk-paper-item = For which item
desk-paper-title = Title
desk-paper-title-hint = The name of the file when left empty.
desk-paper-language = Language
desk-paper-audience = For whom
desk-paper-file = File
desk-paper-file-hint = PDF, Word, OpenDocument, Excel, PowerPoint or text; at most 25 MiB.
audience-papers = Whoever reads the meeting’s papers
audience-roster = Only those who sit in the body

desk-nav-bodies = Bodies
desk-body-name = Body
desk-body-what = What it does
desk-body-computed = Nobody is listed here: every member in good standing or in arrears belongs, by its membership.
desk-body-roster = Who sits in it
desk-body-roster-hint = To name somebody, open their page under People.
desk-seat-person = Person
desk-seat-organisation = For
desk-seat-basis = On what ground
desk-seat-basis-hint = The decision or election, with its day.
desk-seat-since = Since
desk-seat-end = End
desk-seat-end-do = End this seat
desk-seat-over = until { $day }
desk-seat-body = Body
desk-seat-name = Name to a body
