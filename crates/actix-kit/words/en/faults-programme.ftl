# Editions, rooms, sessions, releases and imports.
fault-edition_over = This congress is archived or cancelled: nothing in it changes any more.
fault-room_taken = The room holds { $session } then, or too shortly before or after. Choose another room or time.
fault-room_kept = The room is not free then. Choose another room or time.
fault-track_closed = No session of this track can be planned here: it is not set up. Choose another track.
fault-session_over = This session was cancelled or reported on: it changes no more.
fault-already_released = This session was released before. Move it, or cancel it so that people are told.
fault-conflicts_left = Conflicts are left that stop a release. Solve them, or let them stand with a reason.
fault-would_clash = This makes conflicts that the congress does not allow. Choose another place or time, or say why they may stand.
fault-nothing_to_release = Nothing changed since the last release.
fault-no_such_conflict = There is no such conflict any more. Look at the list again.
fault-format_in_use = Sessions use this format. Retire it instead of removing it.
fault-not_open_yet = This opens at { $opens_at }. Come back then.
fault-in_use_by_sessions = Sessions refer to it. Change them first.
fault-rule_changed = Somebody changed this rule meanwhile. Look at it again, then repeat your change.

# Files that are imported.
fault-not_xml = The file cannot be read as XML. Export it again and send that.
fault-xml_with_dtd = The file declares a document type, which is not taken. Export it without one.
fault-xml_too_deep = The file nests deeper than any schedule does (at most { $most }). Check that it is one.
fault-xml_too_many = The file has more elements than any schedule (at most { $most }). Divide it.
fault-not_a_schedule = This is XML, but no schedule. Send a schedule.xml with days and events.
fault-nothing_to_import = No event of the file could be used. Check its dates, rooms and titles.
fault-row_twice = Row { $row } is about the same session. Keep one of them.

# Beside a field.
fault-not_placed = This session has no place in the programme yet. Place it first.
fault-unknown_choice = Choose one of the list.
fault-reserved = This code is taken by the site itself. Choose another.
fault-not_a_time = This is not a time. Write it as 09:30, or with its day as 2019-11-14T09:30.
fault-not_a_link = This is not an address of the web. It begins with https:// or http://.
fault-not_a_moment = This is not a moment. Write it as 2019-11-14T09:30:00Z.
fault-not_a_number = This is not a number.
fault-not_a_zone = This is not a time zone. Write it as Africa/Johannesburg.
fault-not_hours = These are not opening hours. The room opens before it closes, as 08:00 and 18:30.
fault-skipped_hour = The clocks skip this hour that day. Choose another.
fault-hour_twice = The clocks show this hour twice that day. Say whether the first or the second is meant.
fault-rule_too_deep = The rule nests too deep. Make it simpler.
fault-rule_too_long = The rule is too long. Make it shorter.
fault-rule_without_any_of = Say who may: choose at least one line under “any of”.
fault-unknown_atom = The rule names something that is not known. Choose from the list.
fault-format_empty = This format is not filled in yet. Choose another.
fault-format_retired = This format takes no new sessions. Choose another.
fault-zero_length = The end must come after the beginning.
fault-outside_edition = This lies outside the days of the congress.
fault-kind_not_of_track = This track has no sessions of this kind. Choose another.
fault-change_by_placing = The length of a placed session is changed by placing it anew.
fault-same_session = Choose another session than this one.
fault-not_a_slug = Small letters a to z and digits, at least two; hyphens may join them.
fault-choose_two = Tick exactly two sessions.
fault-too_many_entries = These are too many. Leave some out.
fault-fixed_severity = How grave this is can only be as it is.
fault-same_venue = Choose another venue.
fault-choose_two_rooms = Tick sessions of exactly two rooms.
fault-only_breaks = Only breaks and blockers are copied.
