# A network that endorses somebody unasked.
wa-endorse-unasked = Endorse somebody unasked
wa-endorse-unasked-hint = Somebody of your network or of one of its members who is registered for this congress.
wa-endorse-person = Of your own people
wa-endorse-email = Or by the address of their account
wa-endorse-email-hint = For somebody of a member of your network.
done-endorsed = They have the floor and a say in consensus now. We told them by letter.
delegation-endorsing = World Assembly: whom your network endorses
