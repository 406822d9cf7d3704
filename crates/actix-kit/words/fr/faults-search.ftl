# What a search refuses.
fault-too_many_words = Au plus { $most } mots à la fois.
