# What a search refuses.
fault-too_many_words = At most { $most } words at once.
