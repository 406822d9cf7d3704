# Texts, as pages show them.
text-stale = Says what the paragraph said before
text-unchanged = Nothing changed between these two versions.
text-change-changed = Changed
text-change-added = Added
text-change-removed = Taken out
text-change-moved = Moved
text-change-same = The same
