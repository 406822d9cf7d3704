# Words for codes: the message of a code is `<kind>-<code>`.

# Languages.
language-en = English
language-fr = French
language-es = Spanish
language-pt = Portuguese
language-ar = Arabic
language-ru = Russian
language-zh = Chinese
language-tr = Turkish
language-zu = Zulu
language-ko = Korean
language-ca = Catalan
language-de = German
language-it = Italian
language-sw = Swahili
language-id = Indonesian
language-ja = Japanese
language-ils = International Sign
language-other = Another language

# States of an edition.
edition-state-draft = Draft
edition-state-announced = Announced
edition-state-open = Open
edition-state-running = Running
edition-state-closed = Closed
edition-state-archived = Archived
edition-state-cancelled = Cancelled

# Kinds of session.
session-kind-sitting = Sitting
session-kind-world_assembly = World Assembly
session-kind-town_hall = Town Hall
session-kind-local4action = Local4Action
session-kind-statutory = Statutory meeting
session-kind-plenary = Plenary
session-kind-special = Special session
session-kind-parallel = Parallel session
session-kind-hub = Hub
session-kind-ceremony = Ceremony
session-kind-break = Break
session-kind-blocker = Blocker, desk only

# How one gets in.
entry-walk_in = Walk in
entry-seat = Reserved seats
entry-invitation = By invitation

# How one attends.
attendance-in_person = In the room
attendance-online = Online
attendance-mixed = In the room and online

# States of a session.
session-state-proposed = Proposed
session-state-scheduled = Scheduled
session-state-published = Published
session-state-moved = Moved
session-state-live = Going on
session-state-held = Held
session-state-reported = Reported
session-state-cancelled = Cancelled

# States of a format.
format-state-active = In use
format-state-empty = Without rules yet
format-state-retired = No longer used

# Yes, no, or not known.
known-yes = Yes
known-no = No
known-unknown = Not known

# Who speaks, and as what.
speaker-role-chair = chairs
speaker-role-moderator = moderates
speaker-role-speaker = speaks
speaker-role-presenter = presents
speaker-role-respondent = answers
speaker-role-rapporteur = reports
speaker-role-lead = leads

# What a room or a session offers.
access-step_free = Step-free
access-hearing_loop = Hearing loop
access-captions = Live captions
access-sign_language = Sign language
access-quiet_room = Quiet room nearby

# Kinds of organisation.
organisation-kind-city = City
organisation-kind-metropolis = Metropolis
organisation-kind-region = Region
organisation-kind-national_association = National association of local governments
organisation-kind-regional_association = Regional association of local governments
organisation-kind-international_lg_network = International network of local governments
organisation-kind-national_government = National government
organisation-kind-un_agency = United Nations agency
organisation-kind-international_organisation = International organisation
organisation-kind-ngo = Civil society organisation
organisation-kind-academia = University or research
organisation-kind-foundation = Foundation
organisation-kind-company = Company
organisation-kind-press = Press
organisation-kind-section = UCLG section
organisation-kind-consultation_mechanism = Consultation mechanism
organisation-kind-other = Other

# States of an organisation.
organisation-state-proposed = Proposed
organisation-state-active = Active
organisation-state-merged = Merged

# Categories of member.
membership-category-individual = Local government
membership-category-association = Association
membership-category-international_organisation = International organisation
membership-category-associate = Associate
membership-category-honorary = Honorary
membership-category-section = Section

# States of a membership.
membership-state-applied = Applied
membership-state-approved = Approved
membership-state-awaiting_fee = Awaiting first dues
membership-state-active = Active
membership-state-in_arrears = In arrears
membership-state-suspended = Suspended
membership-state-excluded = Excluded
membership-state-resigned = Resigned

# Dues of a year.
dues-state-paid = Paid
dues-state-partial = Partly paid
dues-state-waived = Waived
dues-state-due = Due

# Relations of an organisation.
relation-gtf_network = Network of the Global Taskforce
relation-sister_org = Sister organisation
relation-uclg_partner = Partner of UCLG
relation-global_institutional_partner = Global institutional partner
relation-national_government_partner = National government partner
relation-civil_society_partner = Civil society partner
relation-stakeholder = Stakeholder
relation-consultation_mechanism = Consultation mechanism
relation-member_of_network = Member of a network

# Positions.
position-mayor = Mayor
position-governor = Governor or president of a region
position-minister = Minister
position-head = Head of the organisation
position-councillor = Councillor
position-staff = Staff
position-delegate = Delegate
position-other = Other

# States of a position.
position-state-requested = To be confirmed
position-state-confirmed = Confirmed
position-state-refused = Not confirmed
position-state-ended = Ended

# What speaks for a position.
evidence-member_roll_contact = Contact in the member roll
evidence-document = Document
evidence-email_domain = E-mail domain
evidence-none = Nothing yet

# Sections of UCLG.
section-africa = Africa
section-asia_pacific = Asia-Pacific
section-eurasia = Eurasia
section-europe = Europe
section-latin_america = Latin America
section-mewa = Middle East and West Asia
section-north_america = North America
section-metropolitan = Metropolitan Section
section-regions = Forum of Regions

# Roles.
role-platform_admin = Administration of the site
role-secretariat = Secretariat
role-section_officer = Section officer
role-commission_secretariat = Secretariat of a commission
role-theme_lead = Lead of a theme
role-drafter = Drafter of a paper
role-session_lead = Lead of a session
role-rapporteur = Rapporteur
role-chair = Chair
role-returning_officer = Returning officer
role-scrutineer = Scrutineer
role-registrar = Registrar
role-badge_desk = Badge desk
role-scanner = Door
role-translator = Translator
role-press_officer = Press officer
role-care_desk = Care desk
role-gtf_convener = Convener of the Global Taskforce
role-focal_point = Focal point of an organisation
role-body_member = Member of a body
role-participant = Participant

# Admission to a track.
admission-requested = Requested
admission-admitted = Admitted
admission-waiting = Waiting
admission-refused = Not admitted
admission-withdrawn = Withdrawn

# States of a registration.
registration-state-draft = Begun
registration-state-pre_registered = Pre-registered
registration-state-applied = Sent
registration-state-pending_network = Waiting for the network
registration-state-pending_proof = Waiting for a proof
registration-state-pending_review = Being reviewed
registration-state-approved = Approved
registration-state-awaiting_payment = Awaiting payment
registration-state-confirmed = Confirmed
registration-state-badge_issued = Badge issued
registration-state-checked_in = Checked in
registration-state-attended = Attended
registration-state-rejected = Rejected
registration-state-expired = Expired
registration-state-cancelled = Cancelled
registration-state-refund_due = Refund due
registration-state-refunded = Refunded

# Seats.
seat-state-reserved = Reserved
seat-state-waiting = Waiting list
seat-state-offered = Offered
seat-state-released = Given back
seat-state-confirmed = Reserved
seat-state-expired = Offer lapsed

# How grave a conflict is.
severity-block_move = Refuses the move
severity-block_release = Stops a release
severity-ignore = Not told
severity-warning = Warning
severity-info = For information
severity-waived = Waived

# Letters.
letter-state-held = Held
letter-state-queued = To be sent
letter-state-sending = Being sent
letter-state-sent = Sent
letter-state-failed = Failed
letter-state-cancelled = Withdrawn

# What an organisation is to a theme, and what a sitting is about.
partner-role-lead = Leads it
partner-role-co = Joins in
scope-kind-continental = Group of regions
scope-kind-sectoral = Sector

# Papers, and what is said of them.
paper-track-assembly = Position paper
paper-track-town_hall = Policy paper
paper-state-invited = Invited
paper-state-declined = Declined
paper-state-drafting = Being drafted
paper-state-submitted = Handed in
paper-state-screened = Looked through
paper-state-returned = Returned to its team
paper-state-published = Published
paper-state-open_comment = Open to comments
paper-state-presented = Presented
paper-state-discussed = Discussed with members
paper-state-debated = Debated with other constituencies
paper-state-consolidated = Consolidated
paper-state-final = Final
paper-state-result_recorded = Result recorded
paper-state-transmitted = Transmitted to the World Assembly
paper-state-withdrawn = Withdrawn
paper-state-superseded = Superseded by another
paper-role-drafter = Drafter
paper-role-translator = Translator
paper-step-begun = Begun
paper-step-went = Went on
paper-step-deadline_set = Deadline set
paper-step-revoked = Invitation taken back
paper-step-published = Version published
paper-step-comments_opened = Comments opened
priority-kind-continental = Continental priority
priority-kind-sectoral = Sectoral priority
priority-kind-thematic = Thematic priority
comment-position-support = In favour
comment-position-neutral = Neutral
comment-position-oppose = Against
comment-state-posted = Posted
comment-state-moderated = Hidden by the moderators
comment-state-withdrawn = Taken back by its author
disposition-accepted = Accepted
disposition-partly = Accepted in part
disposition-not_accepted = Not accepted
alignment-complete = Complete
alignment-partly = Partly translated
alignment-missing = Not translated

# Town Hall: caucuses, their checklists, results of sessions, what a theme lacks.
answer-kind-yes_no = Yes or no
answer-kind-extent = To what extent
answer-kind-words = In words
answer-value-yes = Yes
answer-value-partly = Partly
answer-value-no = No
answer-value-not_concerned = Does not concern this paper
review-state-asked = Asked
review-state-answered = Answered
deliberation-state-recorded = Recorded
deliberation-state-closed = Closed and transmitted
theme-lack-lead = No partner leads the theme.
theme-lack-lead_person = Nobody leads the theme in person.
theme-lack-introduction = The page introduces the theme in fewer languages than the congress has.
theme-lack-paper = The theme has no paper.
theme-lack-consultation = Nobody has said when the paper takes comments.
theme-lack-consultation_short = The paper takes comments for { $days ->
    [one] one day
   *[other] { $days } days
 } less than { $months ->
    [one] one month
   *[other] { $months } months
 } before the congress.
theme-lack-dispositions = { $comments ->
    [one] One comment has
   *[other] { $comments } comments have
 } no disposition.
theme-lack-reviews = Caucuses were not asked for their review, or have not answered.
theme-lack-session = No session of the Town Hall is on the theme.
theme-lack-result = Session { $code } is over and was not closed.

# What a congress decides.
outcome-kind-declaration = Political declaration
outcome-kind-recommendation = Policy recommendation
outcome-kind-political_position = Political position
outcome-state-drafted = In preparation
outcome-state-received = Received
outcome-state-presented = Presented
outcome-state-debated = Debated
outcome-state-adopted = Adopted
outcome-state-amended_adopted = Adopted as amended
outcome-state-returned = Returned
outcome-state-not_adopted = Not adopted
outcome-source-assembly_paper = Position paper of the Assembly
outcome-source-town_hall_session = Town Hall session
outcome-source-special_session = Special session
agenda-phase-definition = Definition
agenda-phase-follow_up = Follow-up
agenda-phase-review = Review
reference-addressee-gtf = Global Taskforce
reference-addressee-uclg = United Cities and Local Governments
reference-field-policy = Policy development
reference-field-advocacy = Advocacy
reference-field-work_plan = Work plans
response-answer-accepted = Accepted
response-answer-partly = Partly accepted
response-answer-noted = Noted
response-answer-not_accepted = Not accepted
collection-warning-single_item = It has one item alone: a congress leaves a series, not one text.
collection-warning-no_declaration = It has no political declaration.
collection-warning-no_recommendation = It has no policy recommendation.
collection-warning-undecided = Some of what was received is not decided yet.

# Amendments to texts, and texts put part by part.
amendment-kind-add = Addition
amendment-kind-delete = Deletion
amendment-kind-replace = Revision
amendment-state-drafted = Waits for seconders
amendment-state-seconded = Seconded
amendment-state-admissible = Admissible
amendment-state-inadmissible = Not admissible
amendment-state-ordered = To be put
amendment-state-put = Being put
amendment-state-adopted = Adopted
amendment-state-rejected = Rejected
amendment-state-fallen = Fallen
amendment-state-withdrawn = Withdrawn
amendment-clash-identical = The same was adopted already
amendment-clash-same_block = Another amendment to the same passage was adopted
amendment-clash-target_gone = The passage after which it was to stand, or which it amends, is gone
amendment-clash-note_gone = A footnote that it refers to is gone
amendment-clash-parent_gone = The amendment that it amends is no longer open
amendment-advice-adopt = Recommended for adoption
amendment-advice-reject = Recommended for rejection
amendment-advice-modify = To be modified
division-state-parts = Put part by part
division-state-whole = To be put as a whole
division-state-adopted = Adopted
division-state-rejected = Rejected
division-part-waiting = Waiting
division-part-put = Being put
division-part-adopted = Adopted
division-part-rejected = Rejected

# The Assembly: invitations, who reads a paper, the World Assembly.
invitation-state-open = Not answered
invitation-state-accepted = Accepted
invitation-state-declined = Declined
invitation-state-revoked = Taken back
paper-speaker-role-presenter = Presents
paper-speaker-role-respondent = Responds
paper-audience-participants = Participants
paper-audience-everyone = Everyone
world-assembly-state-proposed = Proposed
world-assembly-state-awaiting_consent = Waiting for consent
world-assembly-state-convoked = Convoked
world-assembly-state-open = Open
world-assembly-state-suspended = Suspended
world-assembly-state-closed = Closed
world-assembly-state-published = Published
network-answer-agreed = Agrees
network-answer-not_agreed = Does not agree
endorsement-state-pending_network = Waiting for the network
endorsement-state-endorsed = Endorsed
endorsement-state-refused = Not endorsed
endorsement-state-withdrawn = Withdrawn
world-assembly-item-for_adoption = For adoption
world-assembly-item-for_information = For information
consensus-state-asked = Objections asked for
consensus-state-agreed = Agreed by consensus
consensus-state-voted = Voted
consensus-state-ended = Ended without consensus

# The floor: speakers, motions, rulings.
floor-state-open = Open
floor-state-paused = Suspended
floor-state-closed = Closed
speaking-order-asked = As asked for
speaking-order-balanced = Balanced
balance-criterion-first_speech = Who has not spoken yet
balance-criterion-region = Region
balance-criterion-gender = Gender
speaker-gender-woman = Woman
speaker-gender-man = Man
speaker-gender-other = Other
speech-kind-point_of_order = Point of order
speech-kind-interposed = Interposed question
speech-kind-for_motion = For the motion
speech-kind-against_motion = Against the motion
speech-kind-right_of_reply = Right of reply
speech-kind-statement = Statement
speech-state-requested = To be admitted
speech-state-queued = Waits
speech-state-called = Called
speech-state-speaking = Speaking
speech-state-paused = Clock stopped
speech-state-done = Has spoken
speech-state-withdrawn = Withdrawn
speech-state-removed = Taken from the list
speech-removal-by_chair = By the chair
speech-removal-debate_closed = The debate was closed
speech-removal-motion_decided = The motion was decided
speaker-place-point_of_order = A point of order comes first
speaker-place-resumes = Gets the floor back
speaker-place-interposed = A question that was admitted
speaker-place-on_motion = Speaks to the motion
speaker-place-by_chair = Moved by the chair
speaker-place-kept = Kept this place
speaker-place-right_of_reply = A right of reply
speaker-place-in_order = In the order of asking
speaker-place-waited = Waited while others passed
speaker-place-first_speech = Has not spoken yet
speaker-place-region = Of a region that was heard less
speaker-place-gender = Of a gender that was heard less
motion-kind-suspend_meeting = To suspend the meeting
motion-kind-adjourn_meeting = To adjourn the meeting
motion-kind-adjourn_debate = To adjourn the debate
motion-kind-close_debate = To close the debate
motion-kind-division = To vote by parts
motion-kind-reconsideration = To reconsider
motion-state-moved = To be decided
motion-state-carried = Carried
motion-state-lost = Lost
motion-state-withdrawn = Withdrawn
motion-state-ruled_out = Ruled out of order
motion-state-fallen = Fallen
ruling-finding-well_taken = Well taken
ruling-finding-not_well_taken = Not well taken
ruling-finding-noted = Noted
ruling-finding-out_of_order = Out of order
ruling-state-given = May be appealed
ruling-state-stands = Stands
ruling-state-appealed = Appealed: to be voted on
ruling-state-upheld = Upheld by vote
ruling-state-overruled = Overruled by vote
