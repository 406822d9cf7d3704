# The floor of a meeting: speakers, points of order, procedural motions.
fault-floor_closed = The floor is closed.
fault-floor_paused = The meeting is suspended. Somebody is called when it goes on.
fault-another_floor_open = Another item of this session is being discussed. Close it first.
fault-speakers_list_closed = The list of speakers is closed. A right of reply and a point of order are still taken.
fault-already_asked = This person is on the list for this already, or has spoken to this motion.
fault-asked_too_often = This person asked for the floor { $most } times on this item. No more is taken.
fault-already_called = This speaker was called already.
fault-floor_moved_on = Somebody else has called a speaker meanwhile. Look again who has the floor.
fault-next_changed = Somebody else comes next by now. Look again, then call.
fault-nobody_waits = Nobody waits to speak.
fault-not_speaking = This speaker does not have the floor.
fault-somebody_speaks = Somebody is speaking. End their turn first.
fault-place_is_fixed = Only statements and rights of reply that wait can be moved.
fault-place_unknown = There is no such speaker in line to stand after. Look at the list again.
fault-point_not_ruled = A point of order waits for its ruling. Rule on it first.
fault-not_a_point_of_order = This is no point of order.
fault-ruling_final = The meeting has gone on since this ruling, or it was appealed already. It cannot be appealed any more.
fault-appeal_open = A ruling was appealed. Count the vote on it first.
fault-no_appeal = There is no appeal against this ruling to be voted on.
fault-motion_pending = A procedural motion waits for its decision. Put it to the vote first.
fault-motion_already_moved = A motion of this kind waits for its decision already.
fault-motion_waits = Another motion takes precedence. Put that one first.
fault-motion_speakers_full = { $most ->
    [0] Nobody speaks on this side of this motion: it is put to the vote at once.
   *[other] As many as may speak on this side of the motion have asked: { $most }.
 }
fault-mover_has_spoken = Whoever moved a motion does not speak to it again.
fault-motion_decided = This motion was decided, or came to nothing.
fault-no_floor_here = This session has no list of speakers. The World Assembly and the sittings have one.
fault-not_an_item = Choose an item of the agenda or a paper of this sitting.
