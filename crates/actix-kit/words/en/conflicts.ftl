# What is wrong with a programme, or may be. $codes: the sessions it is about.
conflict-room-taken = { $codes }: in the same room at the same time.
conflict-turnaround = { $codes }: less than { $minutes } minutes between them in the same room.
conflict-person-conflict = { $codes }: { $name } has a part in both at the same time.
conflict-plenary-conflict = { $codes }: at the same time as a session that is for everybody.
conflict-precedence = { $codes }: in the wrong order. What comes first prepares what comes after.
conflict-outside-edition = { $codes }: outside the days of the congress.
conflict-too-short = { $codes }: { $minutes } minutes are fewer than the { $least } its format asks for.
conflict-too-long = { $codes }: { $minutes } minutes are more than the { $most } its format allows.
conflict-no-room = { $codes }: has a time and no room.
conflict-room-closed = { $codes }: the room is open from { $opens } to { $closes } that day.
conflict-room-too-small = { $codes }: the room has { $seats } seats for { $places } places.
conflict-interpretation-missing = { $codes }: the room has { $booths } booths for { $languages } languages of interpretation.
conflict-accessibility-mismatch = { $codes }: asks for access its room does not offer, or of which nobody has said.
conflict-roster-empty = { $codes }: nobody sits in this body on that day.
conflict-one-sphere-only = { $codes }: involves fewer than two spheres of government.
conflict-default-above-lab-minimum = The usual { $minutes } minutes of { $format } are not fewer than the { $minimum } that { $lab } lasts at least.
conflict-lead-not-of-theme = { $codes }: is led by an organisation that is no partner of its theme.
