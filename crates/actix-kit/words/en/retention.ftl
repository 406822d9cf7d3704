# How long what is kept is kept.

desk-nav-retention = Retention
desk-retention-title = How long what is kept is kept
desk-retention-tonight = { $count ->
    [0] Tonight nothing would go.
    [one] Tonight one record would go.
   *[other] Tonight { $count } records would go.
}
desk-retention-last = Last done on { $day }.
desk-retention-kind = What
desk-retention-days = Days kept
desk-retention-would-go = Would go tonight
desk-retention-would-go-then = Would go with the days below
desk-retention-change = Other days
desk-retention-change-lead = What was promised to people, and what guards the site, is not changed here. Nothing goes before the next night.
desk-retention-bounds = From { $least } to { $most } days
desk-retention-check = Try it
desk-retention-log = What was done
retention-kind-needs = Needs of access and diet, after the congress
retention-kind-sign_ins = Browsers, after their sign-in ended
retention-kind-codes = Codes of letters, after they were good
retention-kind-half_sign_ins = Sign-ins that waited for a second factor
retention-kind-code_letters = Letters that brought a code
retention-kind-letter_texts = Texts of other letters, after they left
retention-kind-answers = Answers kept for a request sent again
retention-kind-tries = Counts of failed tries
retention-kind-jobs = Jobs, after they were done
retention-kind-denials = Refusals, with who was refused
