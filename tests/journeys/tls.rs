//! PostgreSQL over a network: who is believed to be the server. A program writes to the one whose certificate is for the
//! host in the URL and from the authority it was told of, and to nobody else.

use std::{process::Command, time::Duration};

use db::{DatabaseUrl, Engine, migrate, testing};
use tests::{Client, Program, fleet::ask, note, wait_for};
use xtask::{postgres, postgres::Private, shell};

use crate::drills::serve;

/// Whether this connection is encrypted, as the server says.
const ENCRYPTED: &str = "SELECT CAST(ssl AS TEXT) AS said FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
/// How many come over the network unencrypted.
const PLAIN: &str = "SELECT CAST(count(*) AS TEXT) AS said FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                     WHERE client_addr IS NOT NULL AND NOT ssl";
/// How long a server may take to read its settings anew.
const SOON: Duration = Duration::from_secs(10);

fn parsed(url: &str) -> DatabaseUrl {
    url.parse().expect("a URL")
}

/// Why nobody is met at this URL.
fn refused(url: &str) -> String {
    let fault = parsed(url).connect().map(drop).expect_err(url);
    assert_eq!(fault.code, "database_unavailable");
    fault.cause.unwrap_or_default()
}

#[test]
fn a_database_is_believed_by_a_certificate_for_its_name_from_who_is_trusted() {
    if testing::engine() == Engine::Sqlite {
        return note("SQLite is no server: nobody has to be believed");
    }
    if postgres::binaries().is_none() || shell::find("openssl").is_none() {
        return note("no PostgreSQL server or no openssl is installed: TLS to the database is not tested");
    }
    let server = Private::encrypted().expect("a server with a certificate");
    let url = server.tls_url().expect("it listens by TLS");
    let password = url.split([':', '@']).nth(2).expect("a password").to_owned();
    let instead = |part: &str, other: &str| {
        let changed = url.replace(part, other);
        assert_ne!(changed, url, "the URL is not as this test has it");
        changed
    };

    assert_eq!(ask(&parsed(&url), ENCRYPTED), ["true"]);
    for (part, other, why) in [
        // The same server under a name the certificate does not have.
        ("@localhost:", "@127.0.0.1:", "does not match host name"),
        // An authority that did not sign it, and none.
        ("authority.crt", "stranger.crt", "certificate verify failed"),
        ("authority.crt", "nothing.crt", "does not exist"),
    ] {
        let said = refused(&instead(part, other));
        assert!(said.contains(why), "{other}: {said}");
        assert!(!said.contains(&password), "{other}: {said}");
    }
    assert!(refused(&instead(&password, "guessed")).contains("password"));

    // A site of its own by that URL alone, and a program that is told of another authority.
    let data = tempfile::tempdir().expect("a folder");
    migrate::up(&parsed(&url)).expect("a schema");
    let running = serve(&url, data.path());
    Client::new(running.address()).get("/readyz").expect(200);
    assert_eq!(ask(&parsed(&url), PLAIN), ["0"]);
    running.stop();
    if let Some(program) = Program::built() {
        let ran = Command::new(program)
            .args(["migrate", "--database", &instead("authority.crt", "stranger.crt")])
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
        assert!(!ran.status.success(), "{said}");
        assert!(!said.contains(&password), "{said}");
    }

    // A server that speaks no TLS is not spoken to, though it has the right name and knows the password.
    let mut admin = parsed(&server.url()).connect().expect("by its socket");
    for statement in ["ALTER SYSTEM SET ssl = 'off'", "SELECT pg_reload_conf()"] {
        admin.execute_batch(statement).expect("done");
    }
    drop(admin);
    let plain = instead("sslmode=verify-full", "sslmode=prefer");
    wait_for("the server to speak no TLS", SOON, || {
        (ask(&parsed(&plain), ENCRYPTED) == ["false"]).then_some(())
    });
    assert!(refused(&url).contains("SSL"));
    assert_eq!(server.stop(), Ok(()));
}
