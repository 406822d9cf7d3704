//! The rows: persons, accounts, codes, browsers signed in, second factors, bearer tokens, standings, granted tags.

use access_rules::{AccountId, PersonId, Role, Scope, Tag};
use diesel::prelude::*;
use kernel::{Email, Fault, Id, Json, Language, Moment};
use serde::Serialize;
use serde_json::Value;

use crate::tables::{
    accounts, bearer_tokens, consents, half_sign_ins, oidc_attempts, oidc_identities, oidc_offers,
    person_tags, persons, recovery_codes, second_factor_drafts, second_factors, sign_in_codes,
    sign_in_sessions, standings,
};

/// A human being, with or without an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = persons)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Given names; alone for people of one name.
    pub given_name: String,
    /// Family names; may be empty.
    pub family_name: String,
    /// Sorts lists by family name.
    pub name_sort: Vec<u8>,
    /// Both names folded, for searching.
    pub name_key: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// In which language to write to them.
    pub language: Language,
    /// Since when they are known.
    pub created_at: Moment,
    /// Counts edits.
    pub version: i64,
}

impl Person {
    /// Given and family name, as one line; empty for somebody who has not said yet.
    pub fn name(&self) -> String {
        crate::rules::full_name(&self.given_name, &self.family_name)
    }

    /// What the badge says.
    pub fn on_badge(&self) -> String {
        self.badge_name.clone().unwrap_or_else(|| self.name())
    }
}

/// A way to sign in: an address that was proved, perhaps a password.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The address, as typed.
    pub email: Email,
    /// The key under which it is compared; unique.
    pub email_key: String,
    /// The password's hash (PHC string), when there is one.
    pub password_hash: Option<String>,
    /// When the address was proved.
    pub verified_at: Option<Moment>,
    /// In which language its pages and letters are.
    pub language: Language,
    /// When it was made.
    pub created_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Counts edits.
    pub version: i64,
}

kernel::coded! {
    /// What a six-digit code is for. One for one purpose opens nothing else.
    pub enum Purpose {
        /// To sign in; makes the account when there is none.
        SignIn => "sign_in",
        /// To prove one's own address again before something grave.
        Verify => "verify",
        /// To set a new password.
        Reset => "reset",
        /// To prove the address one changes to.
        ChangeEmail => "change_email",
        /// To begin a registration without an account.
        Registration => "registration",
    }
}

/// A code on its way, kept as a keyed hash.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_codes)]
pub struct Code {
    /// Its id.
    pub id: Id<Code>,
    /// To which address it went.
    pub email_key: String,
    /// What it is for.
    pub purpose: Purpose,
    /// HMAC-SHA256 of id, purpose and code under the site's secret.
    pub code_hash: Vec<u8>,
    /// What the purpose needs to know.
    pub payload: Option<Json<Value>>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
    /// How often it may still be tried.
    pub tries_left: i32,
    /// When it was used, or made void by a newer one.
    pub used_at: Option<Moment>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_sessions)]
pub struct SignInSession {
    /// Its id, shown to its owner.
    pub id: Id<SignInSession>,
    /// To which account.
    pub account_id: AccountId,
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
    /// The browser's family and system, no more.
    pub label: String,
    /// Since when.
    pub created_at: Moment,
    /// When password or code were last given in it.
    pub proved_at: Moment,
    /// When it was last used, to the minute.
    pub last_seen_at: Moment,
    /// After so long without use it ends, in minutes.
    pub idle_minutes: i64,
    /// When it ends in any case.
    pub expires_at: Moment,
    /// When it was ended before that.
    pub revoked_at: Option<Moment>,
    /// When a provider that is trusted with it said that the second factor was given there.
    pub vouched_at: Option<Moment>,
}

/// The second factor of an account: a secret it shares with an app.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = second_factors)]
pub struct SecondFactor {
    /// Whose it is.
    pub account_id: AccountId,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// Since when.
    pub since: Moment,
    /// The step of the last code taken: none up to it is taken again.
    pub last_step: i64,
}

/// A secret shown in one browser, which waits for its first code.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = second_factor_drafts)]
pub struct SecondFactorDraft {
    /// In which browser.
    pub session_id: Id<SignInSession>,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When it was drawn.
    pub created_at: Moment,
}

/// A code for the day the app is lost, good once, kept as a keyed hash.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = recovery_codes)]
pub struct RecoveryCode {
    /// Its id.
    pub id: Id<RecoveryCode>,
    /// Of which account.
    pub account_id: AccountId,
    /// HMAC-SHA256 of account and code under the site's secret.
    pub code_hash: Vec<u8>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
}

/// Somebody who gave code or password and owes the second factor. It opens nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = half_sign_ins)]
pub struct HalfSignIn {
    /// Its id.
    pub id: Id<HalfSignIn>,
    /// To which account.
    pub account_id: AccountId,
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
    /// When code or password were given.
    pub created_at: Moment,
    /// Until when the second factor is waited for.
    pub expires_at: Moment,
    /// How often it may still be tried.
    pub tries_left: i32,
    /// When it was finished, or made void.
    pub used_at: Option<Moment>,
}

/// Who somebody is at an OpenID provider: a way into their account.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = oidc_identities)]
pub struct Identity {
    /// Its id, shown to its owner.
    pub id: Id<Identity>,
    /// Into which account.
    pub account_id: AccountId,
    /// The provider's key in the settings when it was linked.
    pub provider: String,
    /// The provider's issuer.
    pub issuer: String,
    /// Its name for them, which it never gives to another.
    pub subject: String,
    /// Since when.
    pub created_at: Moment,
    /// When somebody last signed in by it.
    pub last_used_at: Option<Moment>,
}

/// A browser that was sent to a provider and is expected back, once.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = oidc_attempts)]
pub struct OidcAttempt {
    /// Its id.
    pub id: Id<OidcAttempt>,
    /// SHA-256 of the browser's secret.
    pub browser_hash: Vec<u8>,
    /// To which provider, by its key in the settings.
    pub provider: String,
    /// To which account what is proved there is to be linked; none to sign in.
    pub linking_account: Option<AccountId>,
    /// In which language the browser reads.
    pub language: Language,
    /// Where it goes on to afterwards; may be empty.
    pub next: String,
    /// When it was sent.
    pub created_at: Moment,
    /// Until when it is expected.
    pub expires_at: Moment,
    /// When it came back.
    pub used_at: Option<Moment>,
}

/// An identity that was proved in a browser, and waits for the owner of the account that has its address.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = oidc_offers)]
pub struct OidcOffer {
    /// Its id.
    pub id: Id<OidcOffer>,
    /// SHA-256 of the browser's secret.
    pub browser_hash: Vec<u8>,
    /// To which account it is offered.
    pub account_id: AccountId,
    /// The provider's key in the settings.
    pub provider: String,
    /// Its issuer.
    pub issuer: String,
    /// Its name for them.
    pub subject: String,
    /// When it was proved.
    pub created_at: Moment,
    /// Until when it waits.
    pub expires_at: Moment,
}

/// A token by which a program acts for an account.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = bearer_tokens)]
pub struct BearerToken {
    /// Its id, shown to its owner.
    pub id: Id<BearerToken>,
    /// For which account.
    pub account_id: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What it may be used for.
    pub scopes: Json<Vec<TokenScope>>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Moment>,
    /// When it was ended before that.
    pub revoked_at: Option<Moment>,
}

kernel::coded! {
    /// What a bearer token may be used for; never for more than its owner may do.
    pub enum TokenScope {
        /// Reading alone.
        Read => "read",
        /// One's own agenda and registrations.
        Agenda => "agenda",
        /// The programme: sessions, rooms, placing, releasing.
        Programme => "programme",
        /// Everything its owner may do but for the account itself.
        Write => "write",
    }
}

/// An appointment, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = standings)]
pub struct StandingRow {
    /// Its id.
    pub id: Id<StandingRow>,
    /// Who.
    pub person_id: PersonId,
    /// To what.
    pub role: Role,
    /// Over what kind of thing.
    pub scope_kind: String,
    /// Over which one.
    pub scope_ref: String,
    /// From when, by the congress's clock.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// On what ground: a decision, a roster, a registration.
    pub basis: String,
    /// By whom; none when the site itself did.
    pub granted_by: Option<PersonId>,
    /// When it was recorded.
    pub created_at: Moment,
}

impl StandingRow {
    /// What it is over; nothing when that cannot be read, and then it grants nothing.
    pub fn scope(&self) -> Option<Scope> {
        Scope::from_columns(&self.scope_kind, &self.scope_ref)
    }

    /// As an actor carries it.
    pub fn standing(&self) -> Option<access_rules::Standing> {
        Some(access_rules::Standing {
            role: self.role,
            scope: self.scope()?,
        })
    }

    /// Whether it holds at this moment.
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from_at <= at && self.to_at.is_none_or(|to| at < to)
    }
}

/// A tag somebody was given.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_tags)]
pub struct GrantedTag {
    /// Its id.
    pub id: Id<GrantedTag>,
    /// Who.
    pub person_id: PersonId,
    /// What they are.
    pub tag: Tag,
    /// From when, by the congress's clock.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// On what ground: `registration:<id>`.
    pub basis: String,
}

kernel::coded! {
    /// For what somebody can be asked to agree.
    pub enum ConsentPurpose {
        /// That what they need of access and diet is kept.
        Needs => "needs",
        /// That news of the congress are written to them.
        News => "news",
    }
}

/// A line of the ledger of consents.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents)]
pub struct Consent {
    /// Its id.
    pub id: Id<Consent>,
    /// Whose.
    pub person: PersonId,
    /// For what.
    pub purpose: ConsentPurpose,
    /// About which thing of theirs.
    pub about: Id<()>,
    /// By which words: their key and version.
    pub words: String,
    /// When.
    pub given_at: Moment,
    /// On which form.
    pub given_through: String,
    /// When it was taken back, or what rested on it was erased.
    pub withdrawn_at: Option<Moment>,
    /// Where that was.
    pub withdrawn_through: Option<String>,
}

/// How an act ended that leaves a trace even when it is refused: a failed try is counted, a code is used up. The
/// transaction commits either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was done.
    Done(T),
    /// It was refused, and what must survive the refusal is written.
    Refused(Fault),
}

impl<T> Outcome<T> {
    /// After COMMIT: the thing done, or the fault.
    ///
    /// # Errors
    /// The fault it was refused with.
    pub fn settled(self) -> Result<T, Fault> {
        match self {
            Self::Done(done) => Ok(done),
            Self::Refused(fault) => Err(fault),
        }
    }

    /// The same outcome with another thing.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Done(done) => Outcome::Done(make(done)),
            Self::Refused(fault) => Outcome::Refused(fault),
        }
    }
}
