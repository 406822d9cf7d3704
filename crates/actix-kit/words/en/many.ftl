# Deciding on many registrations.

desk-many-choose = Choose { $name }
desk-many-ticked = Decide on the ticked…
desk-many-all = Decide on all of this list…
desk-many-title = Decide on many
desk-many-log = Decisions on many
desk-many-none = Nothing was chosen. Go back and tick some, or take all of the list.
desk-many-chosen = { $count ->
    [one] One is chosen. A letter tells the decision, so it is not taken back.
   *[other] { $count } are chosen. A letter tells each the decision, so it is not taken back.
}
desk-many-accept-title = Accept
desk-many-refuse-title = Refuse
desk-many-accepts = { $count ->
    [0] None is accepted
    [one] One is accepted
   *[other] { $count } are accepted
}
desk-many-refuses = { $count ->
    [0] None is refused
    [one] One is refused
   *[other] { $count } are refused
}
desk-many-left = { $count } left: { $why }
desk-many-each = Each of them
desk-many-why = Why it was left
desk-many-before = Before
desk-many-after = After
desk-many-done = Decided
desk-many-not = Left as they were
desk-many-how = Chosen
desk-many-by-ticks = one by one
desk-many-by-filter = all of a list, state: { $state }
desk-many-any-state = any
desk-many-accept = { $count ->
    [one] Accept it
   *[other] Accept all { $count }
}
desk-many-refuse = { $count ->
    [one] Refuse it
   *[other] Refuse all { $count }
}
done-decided-many = Done. What became of each is below; each is told by a letter, and it stands in the log.
fault-too_many_at_once = At most { $most } are decided at once. Narrow the list down.
fault-category_full = It waits for a place, and its category has none left.

# Why one of many is left as it is.
left-because-decided_already = decided this way already
left-because-illegal_step = its state does not allow it
left-because-unknown_category = it has no category
left-because-category_full = no place left in its category
left-because-changed_since = it changed after it was shown
left-because-not_shown = it came into the list afterwards
