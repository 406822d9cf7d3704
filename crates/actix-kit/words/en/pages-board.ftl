# The programme board.
board-title = Programme board
board-help = Enter or Space picks this session up to move it. Shift and Enter open its form.
board-undo = Undo
board-redo = Redo
board-snap = Snap, in minutes:
board-snap-of = Snap to { $count } minutes
board-zoom = Size:
board-zoom-small = small
board-zoom-normal = normal
board-zoom-large = large
board-rooms = Rooms
board-rooms-of = Rooms { $first } to { $last }
board-unscheduled = Without a place
board-search = Words in the title
board-all-placed = Nothing waits for a place.
board-waiting = { $code }, { $count } min
board-more = { $count ->
    [one] And one more: search for it.
   *[other] And { $count } more: search for them.
 }
board-more-conflicts = { $count ->
    [one] And one more conflict
   *[other] And { $count } more conflicts
 }
board-no-room = No room
board-choose = Tick { $title }
board-bulk = The ticked sessions:
board-minutes = Minutes (less than 0 is earlier)
board-reason = Reason, if an error may stand
board-shift = Put later
board-swap = Let two change places
board-place = Place by form
board-place-lead = The session takes this room from then on.
desk-place-session = Session
board-place-length-hint = Left empty, it stays as long as it is.
board-back = Back to the board
board-held = You hold { $title }. Arrows move it by { $snap } minutes and by room, Page Up and Page Down by day. Enter drops it, Delete takes its place away, Escape puts it back.
board-dropped = { $title }: now in { $room }, { $time }.
board-unplaced = { $title }: without a place now.
board-stays = { $title } stays where it was.
board-theirs = Somebody else moved { $title }: { $room }, { $time }.
board-theirs-moved = { $name } moved { $title } ({ $at }). It is now in { $room }, { $time }.
board-theirs-unplaced = { $name } took the place of { $title } away ({ $at }).
board-theirs-changed = { $name } changed { $title } ({ $at }). It stands where you saw it.
board-somebody = Somebody else
board-you = You, in another window,
board-free = Nothing stands against it.
board-unavailable = Not available then.
board-nowhere = Without a place
board-refused = This cannot be done
board-clash = This makes a conflict that the congress does not allow
board-let-stand = Let it stand and move
board-leave = Leave it
board-stale = Somebody else was there meanwhile
board-take-over = Take over
board-undone = Undone.
board-redone = Done again.
board-pick-some = Tick at least one session.
board-pick-two = Tick exactly two sessions.
board-offline = The server does not answer. Nothing was moved.
board-stretch = Make longer
board-close-gaps = Close the gaps
board-exchange = Exchange two rooms
board-copy = Copy a break
board-copy-which = Which break or blocker is copied into other rooms?
board-copy-none = No break or blocker has a place yet.
board-copy-lead = { $session }: it is held in the rooms you tick, too, at the same time. Where one of them is taken, nothing is copied.
desk-copy-rooms = Rooms
desk-copy-do = Copy it
