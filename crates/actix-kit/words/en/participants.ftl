# What one sees of the congress while it goes on: now and next, one's agenda, screens.

now-title = Now and next
now-clock = It is { $when } in the congress.
now-views = Which sessions
now-all = All
now-mine = My agenda
now-said = The programme has changed; what you see is up to date.
now-time-was = It was to be at { $time }.
now-room-was = It was to be in { $room }.
now-empty = Nothing is on
now-empty-hint = What begins next stands here as soon as it is known.

agenda-alone = My agenda on a page of its own
agenda-misfits = { $count ->
    [one] One session does not fit with another.
   *[other] { $count } sessions do not fit with another.
}
agenda-walk = { $needed } minutes on the way to or from “{ $title }”, and { $minutes } between them.

filter-understood = Sessions I understand
filter-understood-hint = Held in one of these languages, or interpreted into one.

screens-title = Screens
screens-hint = For the lobby and the doors of the rooms: open one on each screen and leave it; it follows by itself.
screens-lobby = Lobby
screens-lobby-heading = Programme
screens-nothing-on = Nothing is on.
screens-nothing-next = Nothing more for now.
