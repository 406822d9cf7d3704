//! What can go wrong with organisations, memberships, relations, positions and rolls, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with an organisation's record.
    pub enum OrganisationFault {
        /// An organisation of that name, country and kind is in the directory already.
        Exists { organisation: String } => Conflict, "organisation_exists", at "name", remedy "choose_organisation";
        /// The name looks like that of another organisation although it is written with other characters.
        LooksAlike { organisation: String, name: String } => Conflict, "looks_alike", at "name", remedy "confirm_name";
        /// It was merged into another, where it lives on.
        AlreadyMerged { into: String } => Conflict, "already_merged";
        /// An organisation cannot be merged into itself, or into one that is not in the directory.
        CannotMerge => Invalid, "cannot_merge", at "into";
        /// Both organisations have a running membership; end or move one first, so that no vote or fee is lost.
        BothMembers => Conflict, "both_members";
        /// An organisation cannot be part of itself.
        PartOfItself => Invalid, "part_of_itself", at "parent";
    }
}

kernel::faults! {
    /// What can go wrong with a membership.
    pub enum MembershipFault {
        /// The organisation has a running membership of that category already.
        AlreadyMember => Conflict, "already_member", at "category";
        /// A step cannot hold from before the last one did, nor from the future.
        NotInOrder { last: String } => Invalid, "not_in_order", at "from_at";
    }
}

kernel::faults! {
    /// What can go wrong with a relation.
    pub enum RelationFault {
        /// A network cannot come to be a member of itself, not even by way of others.
        Circular => Invalid, "circular", at "other";
        /// The same relation is recorded and has not ended.
        AlreadyRelated => Conflict, "already_related", at "kind";
        /// The relation has ended already.
        AlreadyOver => Conflict, "already_over";
    }
}

kernel::faults! {
    /// What can go wrong with a position.
    pub enum PositionFault {
        /// A focal point cannot confirm their own position; the secretariat does (R177).
        OwnPosition => Forbidden, "own_position", remedy "remind_confirmer";
        /// An address in the organisation's domain, or nothing at all, is not enough to be confirmed together with others.
        EvidenceTooWeak => Conflict, "evidence_too_weak";
        /// The person has asked for this position, or holds it, already.
        AlreadyHeld => Conflict, "position_exists", at "kind";
    }
}

kernel::faults! {
    /// What can go wrong with a file of rows.
    pub enum SheetFault {
        /// The file is neither CSV nor XLSX.
        NotASheet => UnsupportedMedia, "not_a_sheet", at "file";
        /// The file is not UTF-8 as was said; say Windows-1252 if it is that.
        NotUtf8 { line: i64 } => Malformed, "not_utf8", at "file", remedy "say_windows_1252";
        /// A line of the CSV cannot be read.
        BadLine { line: i64 } => Malformed, "bad_line", at "file";
        /// The file, once unpacked, is larger than allowed, or has more rows, columns or letters in a cell.
        SheetTooLarge { what: String, most: i64 } => TooLarge, "sheet_too_large", at "file";
        /// There is no row under the header.
        NoRows => Invalid, "no_rows", at "file";
        /// A column that must be there is not.
        ColumnMissing { column: String } => Invalid, "column_missing", at "file";
        /// Two columns have the same heading.
        ColumnTwice { column: String } => Invalid, "column_twice", at "file";
        /// Rows are at fault, and it was not said to leave them out.
        RowsAtFault { rows: i64 } => Invalid, "rows_at_fault", at "file", remedy "good_rows_only";
    }
}
