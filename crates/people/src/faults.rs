//! What can go wrong with persons, accounts and appointments, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong when somebody proves who they are, or changes their account.
    pub enum AccountFault {
        /// The e-mail address and password do not belong together, whether or not such an account exists.
        WrongPassword => Invalid, "wrong_password", at "password", remedy "ask_code";
        /// The code is not the one we sent, or it is used, replaced by a newer one, or older than ten minutes.
        WrongCode => Invalid, "wrong_code", at "code", remedy "ask_code";
        /// The address belongs to another account; told only to somebody who proved that it is theirs.
        EmailTaken => Conflict, "email_taken", at "email";
        /// This needs the password, or a fresh code, although somebody is signed in.
        ProofNeeded => Forbidden, "proof_needed", remedy "ask_code";
    }
}

kernel::faults! {
    /// What can go wrong with the second factor.
    pub enum SecondFactorFault {
        /// The code is not the one the app shows now, or it was taken already.
        WrongCode => Invalid, "wrong_second_code", at "code";
        /// The recovery code is none of this account's, or it was used already.
        WrongRecoveryCode => Invalid, "wrong_recovery_code", at "recovery_code";
        /// This sign-in waited too long for its second factor, or was tried too often: it begins anew.
        SignInOver => Gone, "sign_in_over", remedy "sign_in";
        /// The account has a second factor already.
        AlreadyOn => Conflict, "second_factor_on";
        /// The account has no second factor.
        NotOn => Conflict, "second_factor_off";
        /// No secret waits for its first code in this browser: begin anew.
        NoDraft => Conflict, "second_factor_not_begun";
        /// A role this account holds asks for a second factor, and it has none: nothing else can be done before.
        Required => Forbidden, "second_factor_required", remedy "add_second_factor";
        /// One's own second factor is removed on one's own account, by itself.
        NotYourOwn => Forbidden, "not_your_own";
    }
}

kernel::faults! {
    /// What can go wrong when somebody signs in with an OpenID provider, or links an identity there to their account.
    pub enum IdentityFault {
        /// The provider was told not to let us know who somebody is.
        Denied => Forbidden, "oidc_denied";
        /// The provider refused to say who somebody is.
        RefusedThere => Conflict, "oidc_refused_there";
        /// What came back does not belong to anything this browser began last.
        OtherBrowser => Forbidden, "oidc_other_browser";
        /// It came back too late, or a second time.
        Over => Gone, "oidc_over";
        /// The answer comes from another provider than the one that was asked.
        MixedUp => Forbidden, "oidc_mixed_up";
        /// What the provider sent does not prove who somebody is.
        NotProved => Forbidden, "oidc_not_proved";
        /// The provider does not answer.
        ProviderDown => Unavailable, "oidc_provider_down";
        /// The provider has not checked the address.
        EmailUnverified => Forbidden, "oidc_email_unverified";
        /// The address is of a domain that is not let in by this provider.
        EmailElsewhere => Forbidden, "oidc_email_elsewhere";
        /// The identity is linked to another account.
        Taken => Conflict, "oidc_taken";
        /// Somebody else is signed in than who began to link, or nobody.
        OtherAccount => Forbidden, "oidc_other_account";
        /// No identity waits to be linked in this browser any more.
        OfferOver => Gone, "oidc_offer_over";
        /// Without it nobody could sign in to the account.
        LastWay => Conflict, "oidc_last_way";
    }
}

kernel::faults! {
    /// What can go wrong with appointments.
    pub enum StandingFault {
        /// The site would be left without anybody who runs it.
        LastAdmin => Conflict, "last_admin";
        /// The appointment has ended already.
        AlreadyEnded => Conflict, "already_ended";
        /// This role comes with a record of another kind (a registration, a roster, an organisation's desk), not by hand.
        NotByHand => Invalid, "role_not_by_hand", at "role";
        /// The role is not held over this kind of thing.
        ScopeMismatch => Invalid, "scope_mismatch", at "scope";
    }
}
