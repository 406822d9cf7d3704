//! What makes a whole file unusable; everything less is repaired or skipped and told.

kernel::faults! {
    /// What can be wrong with a file that is to be imported.
    pub enum ImportFault {
        /// The file cannot be read as XML, or ends before its end.
        NotXml { position: u64, reason: String } => Invalid, "not_xml", at "file";
        /// The file declares a document type; entities and outside files are not taken.
        XmlWithDtd => Invalid, "xml_with_dtd", at "file";
        /// The file's elements nest deeper than any schedule's.
        XmlTooDeep { most: usize } => Invalid, "xml_too_deep", at "file";
        /// The file has more elements than any schedule.
        XmlTooMany { most: usize } => Invalid, "xml_too_many", at "file";
        /// The file is XML, but no schedule: no `schedule` with a `day` in it.
        NotASchedule => Invalid, "not_a_schedule", at "file";
        /// No event of the schedule could be used.
        NothingToImport => Invalid, "nothing_to_import", at "file";
        /// A column the table cannot do without is missing.
        ColumnMissing { column: String } => Invalid, "column_missing", at "file";
        /// An earlier row of the table is about the same session.
        RowTwice { row: i64 } => Invalid, "row_twice";
    }
}
