# Why somebody may not, beyond what everybody may be told.
fault-no_rule = The organisers have not said yet who may do this. Ask them.
fault-in_arrears = Your organisation owes membership fees: you may attend and read, but not vote. Settle them, and you may.
fault-call_required = This is for those whose proposal was accepted in a call. See the calls that are open.
fault-not_invited = This is by invitation. You can ask for one.
fault-not_endorsed = This needs the endorsement of a network of the Global Taskforce. Ask yours.
