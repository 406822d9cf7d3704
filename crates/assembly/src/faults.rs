//! What can go wrong in the Assembly track, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with sittings and the World Assembly.
    pub enum AssemblyFault {
        /// A sitting is led by a local or regional government, or an association or network of them.
        LeadMustBeLrg => Invalid, "lead_must_be_lrg", at "organisers";
        /// A sitting is about one group of regions or one sector.
        ScopeRequired => Invalid, "scope_required", at "scope";
        /// A sitting is about a group of regions or a sector, not both.
        ScopeAmbiguous => Invalid, "scope_ambiguous", at "scope";
        /// The edition has no such group of regions or sector.
        ScopeUnknown => Invalid, "scope_unknown", at "scope";
        /// A sitting is released with at least one paper.
        PaperRequired => Invalid, "paper_required", at "papers";
        /// A sitting is a high-level round table: at least one speaker is of high rank.
        HighLevelMissing => Invalid, "high_level_missing", at "speakers";
        /// The edition has its World Assembly already.
        WorldAssemblyExists { session: String } => Conflict, "world_assembly_exists", at "kind";
        /// The World Assembly takes place within the days of the congress.
        OutsideEdition => Invalid, "outside_edition", at "starts";
        /// The World Assembly and the sittings are no meetings of a statutory body; the General Assembly is.
        NotABody => Invalid, "not_a_statutory_meeting", at "body";
        /// The session is not the World Assembly; the General Assembly is not it either.
        NotTheWorldAssembly => Invalid, "not_the_world_assembly", at "session";
        /// Sittings are about it.
        ScopeInUse { sessions: i64 } => Conflict, "scope_in_use";
    }
}
