# What a congress decides: transmissions, outcomes, references, answers, the collection.
fault-outcome_state = This step does not follow: an outcome is presented, then debated, then decided. Read it again.
fault-outcome_decided = It is decided: its wording stands.
fault-outcome_not_adopted = Only what was adopted can be referred to, ordered or published.
fault-not_a_recommendation = Only a recommendation that was received is answered.
fault-already_answered = The body has answered: what it was asked stands.
fault-own_link = An outcome is not linked with itself. Choose another.
fault-inbox_closed = The World Assembly of this congress is over: nothing is handed to it any more. What you wrote down stays as it is.
fault-nothing_to_publish = Nothing was adopted yet: there is nothing to publish.
fault-wording_changed = { $code } no longer says what was adopted. Restore its wording first.
fault-too_many_outcomes = At most { $most } outcomes are sent at once.
fault-too_many_agendas = At most { $most } agendas are named.
fault-named_twice = This stands further up already.
