# What is printed: the programme as a booklet, somebody's agenda as a sheet.

printed-pdf = PDF to print
printed-agenda-pdf = PDF to print
printed-contents = Contents
printed-by-time = By time
printed-by-room = By room
printed-sessions = The sessions
printed-hour = Time
printed-session = Session
printed-people = Who speaks
printed-rooms = The rooms
printed-floor = Spoken: { $languages }
printed-interpreted = Interpreted into: { $languages }
printed-ways = How to get there
