# Bodies, seats, meetings, agendas and papers.
fault-computed_roster = Who sits in this body follows from memberships. Change those.
fault-no_seat_free = All { $seats } seats of the body are taken for that time. End one first.
fault-already_seated = This person sits in the body at that time already.
fault-seat_over = This seat was ended already.
fault-body_required = Say which body meets.
fault-body_unknown = There is no such body. Choose one of the list.
fault-not_a_statutory_meeting = This session is no meeting of a statutory body. Choose another.
fault-body_fixed = This meeting was released: its body stays. Cancel it and make another.
fault-doors_missing = This meeting does not say yet to whom it is open. Save it once more.
fault-agenda_empty = An agenda without an item cannot go out. Add one.
fault-agenda_published = The agenda has gone out already.
fault-item_has_documents = Papers refer to this item. Move them first.
fault-document_replaced = A newer version took this paper’s place. Open that one.

# Beside a field.
fault-not_the_same_items = These are not the items of this agenda. Reload the page.
fault-not_the_appointing_body = This body does not appoint to that one.
fault-one_of_a_kind = There is one such body already.
