//! `hemicycle init` and `hemicycle admin`: the first person to run the site, those who help, and the way back in for one
//! who lost their second factor when nobody else can reset it.

use access_rules::{Actor, Role, Scope};
use clap::{Args, Subcommand};
use db::{Conn, Database};
use kernel::{Coded as _, Email, Fault, Language, Moment};
use mail::{
    invitations::{self, InviteInput},
    second_factor_letters,
};
use people::{accounts, codes, model::Purpose, second_factor::SecondFactorResetInput, standings};

use super::{answer, bring_up, database_settings, open, said};
use crate::config::Config;

/// How long the code of an operator's invitation is good, in minutes.
const CODE_MINUTES: i64 = 24 * 60;

/// Make the data folder and the schema, and invite the first administrator.
#[derive(Debug, Args)]
pub struct Init {
    /// The e-mail address of the first administrator
    #[arg(long, value_name = "EMAIL")]
    admin: String,
    /// Go on although there is an administrator already
    #[arg(long)]
    again: bool,
}

/// Look after those who run the site.
#[derive(Debug, Args)]
pub struct Admin {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Invite somebody to a role
    Invite(Invite),
    /// Take a lost second factor from somebody
    ResetSecondFactor(ResetSecondFactor),
}

/// Whose, and why.
#[derive(Debug, Args)]
struct ResetSecondFactor {
    /// Their e-mail address
    email: String,
    /// Why; kept in the audit, and told to them
    #[arg(long)]
    reason: String,
}

/// Whom to invite, and to what.
#[derive(Debug, Args)]
struct Invite {
    /// Their e-mail address
    email: String,
    /// The role: platform_admin, secretariat, registrar, …
    #[arg(long, default_value = "platform_admin")]
    role: String,
    /// Over what: everywhere, edition:ID, track:CODE, …
    #[arg(long, default_value = "everywhere", value_name = "SCOPE")]
    over: String,
    /// In which language to write to them: en, fr or es
    #[arg(long, default_value = "en", value_name = "LANG")]
    language: String,
}

impl Init {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way: a bad address, an administrator that is there already.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let email = email(&self.admin)?;
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        std::fs::create_dir_all(&config.data.dir)
            .map_err(|error| format!("{}: {error}", config.data.dir.display()))?;
        bring_up(&url, true)?;
        let database = Database::open(&url, database_settings(config)).map_err(said)?;
        let is_again = self.again;
        let input = InviteInput {
            email: self.admin.clone(),
            role: Some(Role::PlatformAdmin),
            basis: "hemicycle init".into(),
            ..InviteInput::default()
        };
        let code = database
            .write("init", move |conn| {
                let now = Moment::now();
                let admins = standings::holders(conn, Role::PlatformAdmin, &Scope::Everywhere, now)?;
                if !admins.is_empty() && !is_again {
                    return Ok(None);
                }
                invite(conn, now, &email, &input).map(Some)
            })
            .map_err(said)?
            .ok_or("there is an administrator already: use --again to invite another")?;
        answer(&format!("Hemicycle is ready in {}.", config.data.dir.display()));
        tell(config, &self.admin, &code);
        answer("Start it with `hemicycle serve`, with the same --data or --database.");
        Ok(())
    }
}

impl Admin {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: &Config) -> Result<(), String> {
        match self.what {
            What::Invite(asked) => asked.run(config),
            What::ResetSecondFactor(asked) => asked.run(config),
        }
    }
}

impl ResetSecondFactor {
    fn run(self, config: &Config) -> Result<(), String> {
        let email = email(&self.email)?;
        let input = SecondFactorResetInput { reason: self.reason };
        open(config)?
            .write("second_factor.reset", move |conn| {
                let account = accounts::by_email(conn, &email)?.ok_or_else(Fault::not_found)?;
                let now = Moment::now();
                second_factor_letters::reset(conn, &Actor::system(), now, account.person_id, &input)
            })
            .map_err(said)?;
        answer("The second factor is reset; they are signed out everywhere and told by letter.");
        Ok(())
    }
}

impl Invite {
    fn run(self, config: &Config) -> Result<(), String> {
        let email = email(&self.email)?;
        let role = Role::from_code(&self.role).ok_or_else(|| {
            let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
            format!("--role {}: choose one of {}", self.role, known.join(", "))
        })?;
        let language = Language::from_code(&self.language)
            .ok_or_else(|| format!("--language {}: choose en, fr or es", self.language))?;
        let (scope_kind, scope_ref) = self.over.split_once(':').unwrap_or((&self.over, ""));
        let input = InviteInput {
            email: self.email.clone(),
            role: Some(role),
            language: Some(language),
            scope_kind: scope_kind.to_owned(),
            scope_ref: scope_ref.to_owned(),
            basis: "hemicycle admin invite".into(),
            ..InviteInput::default()
        };
        let code = open(config)?
            .write("invite", move |conn| invite(conn, Moment::now(), &email, &input))
            .map_err(said)?;
        tell(config, &self.email, &code);
        Ok(())
    }
}

/// Invites, and makes the code that the operator hands over, for the letter may never leave this machine.
fn invite(conn: &mut Conn, now: Moment, email: &Email, input: &InviteInput) -> Result<String, Fault> {
    invitations::invite(conn, &Actor::system(), now, input)?;
    if let Some(account) = accounts::by_email(conn, email)? {
        tracing::debug!(account = %account.id, "invited");
    }
    codes::mint_for(conn, now, email, Purpose::SignIn, None, CODE_MINUTES)
}

fn tell(config: &Config, email: &str, code: &str) {
    answer(&format!("Sign in at {}/en/sign-in", config.public_url()));
    answer(&format!("  e-mail  {email}"));
    answer(&format!("  code    {code}  (good once, for 24 hours)"));
}

fn email(text: &str) -> Result<Email, String> {
    text.parse().map_err(|_| format!("{text}: not an e-mail address"))
}
