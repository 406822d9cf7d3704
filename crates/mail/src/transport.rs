//! How a letter leaves: by SMTP, not at all, or, in the demonstration, onto the outbox page.
//!
//! The only file that knows mail servers. Knows no table.

use std::time::{Duration, SystemTime};

use kernel::{Coded as _, Email, Fault, Language, Moment};
use lettre::{
    Address, Message, SmtpTransport, Transport as _,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{self, PoolConfig, authentication::Credentials},
};

use crate::{faults::LetterFault, model::Letter, rules};

/// How letters leave.
pub enum Transport {
    /// By a mail server.
    Smtp(SmtpTransport),
    /// Not at all: they wait.
    Held,
    /// Onto the outbox page, codes and all: for a demonstration, whose people have no mailboxes.
    Shown,
}

/// A mail server.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name.
    pub host: String,
    /// Its port; 587, 465 or 25 when none, by `security`.
    pub port: Option<u16>,
    /// How the connection is kept private.
    pub security: Security,
    /// The user it knows us by.
    pub user: Option<String>,
    /// That user's password.
    pub password: Option<String>,
    /// How long it may take for an answer, in seconds.
    pub timeout_seconds: u64,
}

kernel::coded! {
    /// How the connection to the mail server is kept private.
    pub enum Security {
        /// Not: for a mail server on this machine.
        None => "none",
        /// By STARTTLS, which must succeed.
        StartTls => "starttls",
        /// By TLS from the first byte.
        Tls => "tls",
    }
}

/// Who letters are from, and what their readers are told about the site.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The sender's address.
    pub from: Email,
    /// The sender's name.
    pub from_name: String,
    /// Where answers go; to the sender when none.
    pub reply_to: Option<Email>,
    /// The site's name.
    pub site_name: String,
    /// The site's public address, `https://congress.example`. It comes from the configuration and never from a request,
    /// so that no forged host stands in a letter (§5.7, 78).
    pub public_url: String,
}

/// A letter as its reader gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    message_id: String,
    language: Language,
    to: Email,
    to_name: String,
    subject: String,
    text: String,
}

/// Why a letter was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Whether trying again is in vain.
    pub is_final: bool,
    /// What the mail server said, or what kept us from reaching it.
    pub reason: String,
}

impl Transport {
    /// By a mail server; connections are made when there is something to send, and kept for a while.
    ///
    /// # Errors
    /// `bad_mail_settings` when its name cannot be one.
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, Fault> {
        let bad = |error: smtp::Error| {
            Fault::from(LetterFault::BadMailSettings {
                what: error.to_string(),
            })
        };
        let host = settings.host.as_str();
        let mut server = match settings.security {
            Security::None => SmtpTransport::builder_dangerous(host),
            Security::StartTls => SmtpTransport::starttls_relay(host).map_err(bad)?,
            Security::Tls => SmtpTransport::relay(host).map_err(bad)?,
        };
        if let Some(port) = settings.port {
            server = server.port(port);
        }
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            server = server.credentials(Credentials::new(user.clone(), password.clone()));
        }
        let pool = PoolConfig::new().max_size(2).min_idle(0);
        let timeout = Duration::from_secs(settings.timeout_seconds.max(1));
        Ok(Self::Smtp(
            server.timeout(Some(timeout)).pool_config(pool).build(),
        ))
    }

    /// Whether the mail server lets us in; there is nothing to reach when letters are held or shown.
    ///
    /// # Errors
    /// Why not.
    pub fn reach(&self) -> Result<(), Refusal> {
        match self {
            Self::Smtp(server) => match server.test_connection() {
                Ok(true) => Ok(()),
                Ok(false) => Err(Refusal {
                    is_final: false,
                    reason: "the mail server does not answer".to_owned(),
                }),
                Err(error) => Err(Refusal::of(&error)),
            },
            Self::Held | Self::Shown => Ok(()),
        }
    }

    /// Hands a letter on. Answers what the mail server said to it.
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn deliver(
        &self,
        letterhead: &Letterhead,
        letter: &Finished,
        now: Moment,
    ) -> Result<String, Refusal> {
        match self {
            Self::Smtp(server) => {
                let message = letter.message(letterhead, now).map_err(Refusal::for_good)?;
                server
                    .send(&message)
                    .map(|answer| said(&answer))
                    .map_err(|error| Refusal::of(&error))
            }
            Self::Held => Err(Refusal {
                is_final: false,
                reason: "letters are held".to_owned(),
            }),
            Self::Shown => Ok(String::new()),
        }
    }
}

impl Letterhead {
    /// A letter with its code, the site's address and name put in.
    pub fn finish(&self, letter: &Letter, code: Option<&str>) -> Finished {
        let site = self.public_url.trim_end_matches('/');
        let fill = |text: &str| rules::fill(text, site, &self.site_name, code);
        Finished {
            message_id: rules::message_id(
                letter.id,
                letter.attempts,
                letter.secret.is_some(),
                &self.domain(),
            ),
            language: letter.language,
            to: letter.to_email.clone(),
            to_name: letter.to_name.clone(),
            subject: fill(&letter.subject),
            text: fill(&letter.body),
        }
    }

    /// The domain of Message-IDs: the sender's, in its ASCII form.
    fn domain(&self) -> String {
        let key = self.from.key();
        key.rsplit('@').next().unwrap_or_default().to_owned()
    }
}

impl Finished {
    /// Subject and text, for a page.
    pub fn as_shown(&self) -> String {
        format!("{}\n\n{}", self.subject, self.text)
    }

    fn message(&self, letterhead: &Letterhead, now: Moment) -> Result<Message, String> {
        let raw = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let mut message = Message::builder()
            .from(mailbox(&letterhead.from_name, &letterhead.from)?)
            .to(mailbox(&self.to_name, &self.to)?)
            .subject(self.subject.as_str())
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(now.micros()).unwrap_or(0)))
            .message_id(Some(self.message_id.clone()))
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("Content-Language", self.language.code()))
            .header(ContentType::TEXT_PLAIN);
        if let Some(reply_to) = &letterhead.reply_to {
            message = message.reply_to(mailbox(&letterhead.from_name, reply_to)?);
        }
        message.body(self.text.clone()).map_err(|error| error.to_string())
    }
}

impl Refusal {
    fn of(error: &smtp::Error) -> Self {
        let status = error.status().map(u16::from);
        Self {
            is_final: status.is_some_and(rules::is_final),
            reason: error.to_string(),
        }
    }

    fn for_good(reason: String) -> Self {
        Self {
            is_final: true,
            reason,
        }
    }
}

/// An answer of a mail server in one line: `250 2.0.0 Ok: queued as 4F2`.
fn said(answer: &smtp::response::Response) -> String {
    let lines: Vec<&str> = answer.message().collect();
    format!("{} {}", answer.code(), lines.join(" "))
}

/// An address with its name. The domain stands in its ASCII form, which every mail server understands.
fn mailbox(name: &str, email: &Email) -> Result<Mailbox, String> {
    let local = email.as_str().rsplit_once('@').map_or("", |(local, _)| local);
    let key = email.key();
    let domain = key.rsplit('@').next().unwrap_or_default();
    let address = Address::new(local, domain).map_err(|error| error.to_string())?;
    Ok(Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address))
}
