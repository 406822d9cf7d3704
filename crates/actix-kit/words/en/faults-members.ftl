# Organisations, memberships, relations, positions and rolls.
fault-organisation_exists = This organisation is in the directory already. Choose it there.
fault-looks_alike = This name looks the same as another organisation’s and is written with other characters. Correct it, or say that it is right.
fault-already_merged = This organisation was merged into another. Work on that one.
fault-cannot_merge = Choose another organisation of the directory to merge it into.
fault-both_members = Both organisations are members now. End one membership first, so that no vote or fee is lost.
fault-part_of_itself = An organisation cannot be part of itself. Choose another.
fault-already_member = The organisation is a member of this category already. Take a step in that membership.
fault-not_in_order = A step cannot hold from before the last one ({ $last }), nor from the future.
fault-circular = It would belong to itself, by way of others. Choose another.
fault-already_related = This relation is recorded and has not ended. End it first.
fault-already_over = This relation has ended already.
fault-own_position = Nobody confirms their own position. Ask the secretariat.
fault-evidence_too_weak = What speaks for this position needs a look of its own. Open it and decide it by itself.
fault-position_exists = This position is held or asked for already.
fault-not_a_sheet = This is neither CSV nor XLSX. Save the table as one of these and send it again.
fault-not_utf8 = Line { $line } is not UTF-8. Save the file as UTF-8, or say that it is Windows-1252.
fault-bad_line = Line { $line } cannot be read. Check its quotation marks and separators.
fault-sheet_too_large = The table is too large: at most { $most } { $what ->
    [rows] rows
    [columns] columns
    [bytes] bytes
    [parts] parts
   *[other] characters in a cell
  }. Divide it and send the parts one after the other.
fault-no_rows = There is no row under the header. Check the file.
fault-column_missing = The column “{ $column }” is missing. Add it and send the file again.
fault-column_twice = Two columns are called “{ $column }”. Rename one.
fault-rows_at_fault = { $rows ->
    [one] One row cannot
   *[other] { $rows } rows cannot
  } be taken, so nothing was. Correct the file, or have the good rows taken alone.

# Beside a field, and in the dry run of a roll.
fault-not_an_address = This is not the address of a web site: https://…
fault-not_a_domain = This is not a domain. Enter what stands after the @ in your people’s addresses.
fault-not_a_currency = This is not a currency: three letters, such as EUR.
fault-not_for_this_kind = Leave this empty for this kind of relation.
fault-not_an_id = This is not an id of this directory. Leave it empty for a new organisation.
fault-not_a_day = This is not a day. Write it as 2019-11-14, or a year alone.
fault-in_the_future = This lies in the future.
fault-category_differs = The organisation is a member of another category. End that membership first.
fault-state_taken_as_active = No state is given; it is taken as active.
fault-dues_kept = The fee recorded for this year is kept, although the file says unpaid.
fault-merged_into = The organisation of this name was merged into another, which the row is about.
fault-role_ignored = No import grants a role: this column is passed over.
fault-unknown_column = This column is not known and is passed over.
