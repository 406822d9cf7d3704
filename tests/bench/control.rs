//! The control: a bare actix route that answers what the program answered, byte for byte and header for header.

use std::{
    io::Write as _,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
    rt, web,
};

use crate::load::Reply;

/// Written by every server for itself, the same way.
const OF_THE_CONNECTION: &[&str] = &["connection", "content-length", "date", "keep-alive"];

/// A running control; ended when dropped.
pub struct Control {
    process: Child,
    address: SocketAddr,
}

impl Control {
    /// Starts one, in a process of its own as the program is, that answers `reply` at `path`; `folder` takes the answer.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(folder: &Path, path: &str, reply: &Reply) -> Self {
        let (head, body) = (folder.join("answer.head"), folder.join("answer.body"));
        std::fs::write(&head, &reply.head).expect("room for the head");
        std::fs::write(&body, &reply.body).expect("room for the body");
        let mut process = Command::new(std::env::current_exe().expect("this program is a file"))
            .arg("control")
            .arg(path)
            .args([&head, &body])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut said = String::new();
        let stdout = process.stdout.take().expect("piped");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut said).expect("it speaks");
        let address = said.trim().parse().expect("it tells its address");
        Self { process, address }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Answers at a path with the head and the body in two files, until killed.
pub fn serve(arguments: &[&str]) -> ExitCode {
    let [path, head, body] = arguments else {
        tests::note("control PATH HEAD BODY");
        return ExitCode::FAILURE;
    };
    let head = std::fs::read_to_string(head).expect("the head is there");
    let body = web::Bytes::from(std::fs::read(body).expect("the body is there"));
    let (status, headers) = parsed(&head);
    let path = (*path).to_owned();
    let app = move || {
        let (headers, body) = (headers.clone(), body.clone());
        let answer = move || {
            let mut answer = HttpResponse::build(status);
            for (name, value) in &headers {
                answer.append_header((name.clone(), value.clone()));
            }
            std::future::ready(answer.body(body.clone()))
        };
        App::new().route(&path, web::get().to(answer))
    };
    let served = rt::System::new().block_on(async {
        let server = HttpServer::new(app)
            .keep_alive(Duration::from_secs(30))
            .disable_signals()
            .bind("127.0.0.1:0")?;
        let address = server.addrs()[0];
        writeln!(std::io::stdout(), "{address}")?;
        server.run().await
    });
    served.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// The status, and the headers but those of the connection.
fn parsed(head: &str) -> (StatusCode, Vec<(HeaderName, HeaderValue)>) {
    let status = head
        .get(9..12)
        .and_then(|code| code.parse::<u16>().ok())
        .and_then(|code| StatusCode::from_u16(code).ok())
        .expect("a head begins with its status");
    let headers = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()))
        .map(|(name, value)| {
            let name = HeaderName::try_from(name).expect("a header's name");
            (name, HeaderValue::from_str(value).expect("a header's value"))
        })
        .collect();
    (status, headers)
}

/// The headers in one order, without what differs from second to second.
pub fn comparable(reply: &Reply) -> Vec<String> {
    let mut lines: Vec<String> = reply
        .head
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("date:"))
        .map(|line| match line.split_once(':') {
            Some((name, value)) => format!("{}:{}", name.to_ascii_lowercase(), value.trim()),
            None => line.to_owned(),
        })
        .collect();
    lines.sort_unstable();
    lines
}
