# What a congress decides: the series, one outcome, reports, the publication.
nav-outcomes = Outcomes
outcomes-title = What { $city } decided
outcomes-lead = Declarations, recommendations and political positions. Each says where it came from; what was returned or not adopted stays here too, with its reason.
outcomes-series = The series
outcomes-none = Nothing is decided yet
outcomes-none-hint = What the World Assembly adopts, returns or does not adopt will stand here, each with its code and its reason.
outcomes-published = Published as a collection, edition { $number }, on { $day }.
outcomes-read = Read the collection
outcomes-contents = Contents
outcomes-editions = Published editions
outcomes-hash = SHA-256 of what is published:
outcomes-reports = What becomes of it
outcomes-unanswered = Recommendations that wait for an answer
outcomes-unanswered-lead = Each recommendation is answered by a responsible body. These are not answered yet; what is late stands first.
outcomes-agendas = International agendas served
outcomes-agendas-lead = How many adopted outcomes serve each agenda, and in which part of its life. What serves a goal serves its agenda.
outcomes-coverage = Strategic priorities renewed
outcomes-coverage-lead = Which recommendations renew which strategic priority. What was returned or not adopted renews nothing.
outcomes-ways = From each paper and session to what became of it
outcomes-ways-lead = Everything that was handed to the World Assembly, and what it led to.
filter-kind = Kind
filter-state = State
filter-theme = Theme
filter-agenda = International agenda

# What became of an outcome, and when.
outcome-became-drafted = In preparation since { $day }
outcome-became-received = Received on { $day }
outcome-became-presented = Presented on { $day }
outcome-became-debated = Debated on { $day }
outcome-became-adopted = Adopted on { $day }
outcome-became-amended-adopted = Adopted as amended on { $day }
outcome-became-returned = Returned on { $day }
outcome-became-not-adopted = Not adopted, decided on { $day }

# One outcome.
outcome = Outcome
outcome-text = Text
outcome-authentic = Authentic text, in { $language }
outcome-translated = Translation; the text in { $language } counts
outcome-way = Where it came from
outcome-way-words = In words
outcome-way-said = From where { $code } came: its paper, its session, and the World Assembly. The same stands below in words.
outcome-column-papers = Paper
outcome-column-sessions = Session
outcome-position-paper = Position paper
outcome-policy-paper = Policy paper
outcome-theme = Theme
outcome-session = Deliberated in the session
outcome-sent = Sent to the World Assembly on { $day }
outcome-drafted-itself = Drafted for the World Assembly itself, since { $day }
outcome-history = History
outcome-use = What it is for
outcome-addressed = Addressed to
outcome-reference = { $whom }, for { $field }
outcome-agendas = International agendas
outcome-priorities = Strategic priorities
outcome-horizon = Followed until
outcome-responses = Responses
outcome-others = Belongs together with
outcome-cite = Cite this
outcome-citation = { $congress }. { $kind } { $code }: { $title }. { $became }. { $address }
outcome-data = As data (JSON)
outcome-to-desk = Look after it at the desk
agenda = Agenda
agenda-phases = In which part of its life
agenda-outcomes = Outcomes
agenda-lead = Adopted outcomes that serve this agenda, or a goal of it.
agenda-none = No adopted outcome serves it
agenda-none-hint = Outcomes say which agendas they serve when they are handed in; the desk adds what is missing.
agenda-read = Read the agenda itself
priority = Strategic priority
priority-recommendations = Renewed by
priority-bare = No recommendation
priority-unmapped = Recommendations that renew no priority
priority-none = There are no strategic priorities yet
priority-none-hint = The desk of the congress names them.
unanswered-body = Responsible body
unanswered-due = Answer due
unanswered-none = Nothing waits for an answer
unanswered-none-hint = Whoever is asked, and has not answered, will stand here.
unanswered-unasked = About these nobody was asked yet
way-input = Paper or session
way-track = Track
way-organisation = Organisation
way-outcomes = What it led to
way-own = Drafted for the World Assembly itself

# What bodies answer.
responses-title = What my organisation was asked
responses-lead = Recommendations of the congress about which your organisation is asked what becomes of them. What it answers is public.
responses-none = Your organisation was asked nothing
responses-none-hint = When it is asked what becomes of a recommendation, it will stand here, with the day until which to answer.
response-title = Answer a recommendation
response-answer = Answer
response-answer-choice = What your organisation answers
response-correct = Correct the answer
response-said = In its own words
response-said-hint = One language is enough. What it does about it, by when, or why not.
response-answered = Of which day the answer is
response-answered-on = Answered on { $day }
response-answered-hint = Today when left empty.
response-send = Send the answer
response-due = Due on { $day }, { $days ->
    [0] today
    [one] in one day
   *[other] in { $days } days
 }
response-late = Due on { $day }, { $days ->
    [one] one day late
   *[other] { $days } days late
 }
done-response-sent = The answer is sent, and public.
my-responses = { $count ->
    [one] One recommendation waits for my answer
   *[other] { $count } recommendations wait for my answer
 }

# The desk.
desk-nav-outcomes = Outcomes
desk-outcomes-inbox = Handed to the World Assembly
desk-outcomes-inbox-none = Nothing has come in yet
desk-outcomes-inbox-none-hint = When a sitting or a Town Hall session is closed, its result and recommendations come in here, once.
desk-outcomes-from = Paper or session
desk-outcomes-track = Track
desk-outcomes-sent = Came in
desk-outcomes-with = Outcomes
desk-outcomes-own = Drafted for the World Assembly itself
desk-outcomes-own-none = Nothing yet: a declaration is drafted here.
desk-outcomes-references = References
desk-outcomes-references-count = { $count ->
    [0] References
    [one] References (one to do)
   *[other] References ({ $count } to do)
 }
desk-outcomes-references-lead = What was adopted becomes a reference for the Global Taskforce and for UCLG: for policies, advocacy and work plans.
desk-outcomes-unreferenced = Adopted, addressed to nobody yet
desk-outcomes-unreferenced-none = Everything adopted is addressed to somebody.
desk-outcomes-referenced = Addressed
desk-waits-references = Adopted, addressed to nobody yet
desk-outcome-new = Draft an outcome
desk-outcome-new-lead = For what nobody hands in: a declaration, say. It is for the desk alone until it is presented.
desk-outcome-draft = Draft it
desk-outcome-shown = As its readers see it
desk-outcome-code = Code
desk-outcome-title = Title
desk-outcome-title-hint = At least in the language it is written in.
desk-outcome-kind = Kind
desk-outcome-state = State
desk-outcome-language = Authentic language
desk-outcome-language-hint = The language that counts; others are translations.
desk-outcome-markdown = Text
desk-outcome-markdown-hint = As Markdown: an empty line between paragraphs, # before a heading, - before an item of a list.
desk-outcome-adopted = Adopted
desk-outcome-to-do = To do
desk-outcome-refer = Say whom it is for
desk-outcome-horizon-to = Last day
desk-outcome-horizon-hint = Until then it stands in the follow-up.
desk-outcome-renews = Priorities it renews
desk-reference-none = Addressed to nobody yet. Say whose work it is for.
desk-reference-addressed-to = To whom
desk-reference-field = For what
desk-reference-note = Note
desk-reference-note-hint = What they are to make of it. One language is enough.
desk-reference-add = Address it
desk-agenda-none = It serves no international agenda yet.
desk-agenda-add = Add
desk-link-other = Code of the other outcome
desk-link-other-hint = Such as TH-2019-03-R07.
desk-link-add = Link them
desk-response-organisation-name = Responsible body
desk-response-organisation-hint = Type the beginning of its name and choose.
desk-response-due-on = Until which day it is to answer
desk-response-ask = Ask it
desk-response-answer = Answer
desk-response-enter = Enter
desk-response-enter-do = Enter its answer
desk-response-title = The answer of a body
desk-response-postpone = Give it another day
desk-collection = Collection
desk-collection-lead = Not one declaration but a series: what was adopted, in an order, published as a numbered edition that never changes.
desk-collection-title = What it is called
desk-collection-foreword = Foreword
desk-collection-foreword-hint = Stands before the items. One language is enough.
desk-collection-order = Order
desk-collection-order-do = Keep this order
desk-collection-place = Place
desk-collection-none = Nothing is adopted yet
desk-collection-none-hint = What the World Assembly adopts is put in order and published here.
desk-collection-publish = Publish
desk-collection-publish-do = Publish edition { $number }
desk-collection-number = Edition
desk-collection-when = Published
desk-collection-items = Items
done-collection-published = Published. It is public, and stays as it is.
desk-priorities = Strategic priorities
desk-priorities-lead = What the recommendations renew. Which one renews which is said on its own page.
desk-priority-new = A new priority
desk-priority-title = Title
desk-priority-description = What it means
desk-priority-code-hint = Short, lower-case letters and underscores; it stays.
desk-priority-remove = Remove this priority
