# Papers, their teams, and comments on them.
fault-paper_state = The paper is not at a point from which it could go there. Read it again.
fault-paper_revoked = The invitation to write this paper was taken back. It stays as it is.
fault-paper_not_writable = The paper is not written at now.
fault-deadline_passed = The deadline for handing this paper in is over. Ask the organisers for more time.
fault-one_block = A translation is of one block. Take the empty lines out.
fault-paper_empty = The paper says nothing yet. Write it first.
fault-priority_missing = A paper is published with one priority at least: continental, sectoral or thematic. Name one.
fault-paper_not_published = This paper is not published yet. Publish it first.
fault-theme_has_paper = This theme has a paper. Say that the new one takes its place.
fault-not_of_the_owner = Drafters hold a confirmed position in the organisation whose paper it is. Have it confirmed first.
fault-already_in_team = They have this part in the paper already.
fault-comments_closed = This paper takes no comments now.
fault-account_unproved = Prove the address of your account first: sign in once with a code.
