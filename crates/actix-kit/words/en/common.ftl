# What stands on every page.
skip = Go to the content
nav-main = Main
nav-language = Language
nav-programme = Programme
nav-tracks = Tracks
nav-register = Register
nav-my-congress = My congress
nav-desk = Desk
nav-sign-in = Sign in
nav-account = Account
sign-in = Sign in
sign-out = Sign out

# The strip of the demonstration.
demo-label = Demonstration
demo-strip = Demonstration: it is { $when }.
demo-caution = Cities and people are fictitious.
demo-you-are = You are { $name }.
demo-change = Be someone else
demo-choose = Who do you want to be?
demo-about = About this demonstration

# The foot of every page.
footer-times = All times are those of { $place }.
footer-not-official = A demonstration, not an official site: what is invented says so.
footer-api = Programming interface (API)

# Three false friends, told apart on every page.
friends-title = Three names that are easily confused:
friends-general-assembly = General Assembly
friends-general-assembly-is = The members of UCLG meet and decide.
friends-world-assembly = World Assembly
friends-world-assembly-is = Convened by the Global Taskforce; receives what the tracks bring and adopts it.
friends-partners = General Assembly of Partners
friends-partners-is = A partner in the Town Hall track.

# Yes, no, and the usual buttons.
yes = Yes
no = No
save = Save
save-and-go-on = Save and go on
go-on = Go on
back = Back
cancel = Cancel
edit = Edit
add = Add
remove = Remove
show = Show
search = Search
send = Send
download = Download
print = Print
copy = Copy
copied = Copied
close = Close
undo = Undo
view = View
all = All
none = None
any = Any
unknown = Not known
choose = Choose
filter-any = Any
optional = (optional)
more = More
steps = Steps
step-done = done
pages = Pages
page-first = First page
page-next = Next page
count-of = { $count } of { $whole }
results = { $count ->
    [0] Nothing found
    [one] { $count } result
   *[other] { $count } results
 }
sessions-count = { $count ->
    [0] No sessions
    [one] { $count } session
   *[other] { $count } sessions
 }
people-count = { $count ->
    [0] Nobody
    [one] { $count } person
   *[other] { $count } people
 }
places-count = { $count ->
    [0] No places
    [one] { $count } place
   *[other] { $count } places
 }
places-left = { $count ->
    [0] Full
    [one] { $count } place left
   *[other] { $count } places left
 }
minutes-count = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
capacity-reserved = Seats reserved
capacity-registered = Registered

# Lists.
filter = Filter
filter-remove = remove this filter
filter-clear = Show everything
select-all = Select all
select-one = Select { $name }
selected-count = { $count ->
    [one] { $count } selected
   *[other] { $count } selected
 }
export-as = Save as
export-csv = CSV
export-xlsx = XLSX
export-json = JSON
list-empty = Nothing here yet
list-empty-filtered = Nothing fits these filters
list-empty-filtered-hint = Take a filter away, or search for another word.

# Forms.
form-wrong = { $count ->
    [one] One answer needs a correction
   *[other] { $count } answers need a correction
 }
form-wrong-field = { $label }: { $sentence }
form-kept = Everything else is kept.
form-saved = Saved
suggestions = Suggestions: { $count }
suggestions-none = No suggestion. You may go on with what you typed.
localized-hint = One language is enough; readers of the others see it, marked with its language.

# Faults as pages.
not-found-title = This page does not exist or is not open to you
not-found-sent-link = Were you sent this link? Sign in, and you come back here.
not-found-signed-in = You are signed in as { $name }. If someone sent you this link, ask them whether it is open to you.
fault-page-home = Go to the congress
fault-page-number = Number of this failure: { $number }

# Remedies: the one act a refusal offers.
remedy-sign_in = Sign in
remedy-register = Register for the congress
remedy-choose_organisation = Choose my organisation
remedy-remind_confirmer = Remind who must confirm
remedy-ask_invitation = Ask for an invitation
remedy-see_similar = See similar sessions open to me
remedy-settle_dues = See how to settle the dues
remedy-add_second_factor = Add a second factor

# May I …, and why.
may-title = May I …
may-attend = attend
may-propose = propose
may-speak = speak
may-vote = vote

# Days and hours.
clock = { $hour }:{ $minute }
clock-span = { $from }–{ $until }
clock-until = until { $time }
clock-now = Now
date-day = { $weekday } { $day } { $month }
date-long = { $weekday } { $day } { $month } { $year }
date-plain = { $day } { $month } { $year }
date-time = { $date }, { $time }
date-span-days = { $day }–{ $last-day } { $last-month } { $last-year }
date-span-months = { $day } { $month }–{ $last-day } { $last-month } { $last-year }
date-span-years = { $day } { $month } { $year }–{ $last-day } { $last-month } { $last-year }
zone-yours = For you, in { $place }: { $time }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# The tracks, in their own words.
track = Track
track-assembly = Assembly
track-town_hall = Town Hall
track-local4action = Local4Action
track-statutory = Statutory
track-none = Outside the tracks
track-assembly-subtitle = Local Action for the People
track-town_hall-subtitle = Cities Are Listening
track-local4action-subtitle = Share, Listen, Review
track-statutory-subtitle = UCLG decision making
track-assembly-words = Led by local and regional governments. Position papers come to high-level round tables, by continent or by sector, and go on to the World Assembly.
track-town_hall-words = Civil society takes the lead. Partners write policy papers, local leaders answer, and the debate is open to all who are here.
track-local4action-words = The space where everyone feels at home: Inspiration, Local Policies and Voices, Global Conversations, Labs, and the Hub.
track-statutory-words = For members of UCLG. The bodies that shape its policies and its work plan meet here and renew its leadership.
