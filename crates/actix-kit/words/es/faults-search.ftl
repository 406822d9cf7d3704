# What a search refuses.
fault-too_many_words = Como máximo { $most } palabras a la vez.
