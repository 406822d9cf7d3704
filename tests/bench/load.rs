//! Who asks: so many connections, each kept open and asked again as soon as it answered.
//!
//! Of its own, and small: on two cores whoever asks takes its share of them from the server, and what is sent differs by
//! person and by time (a cookie, a key). It reads a length and a body; it knows no other HTTP.

use std::{
    io::{Error, ErrorKind, Read as _, Result, Write as _},
    net::{SocketAddr, TcpStream},
    sync::Barrier,
    time::{Duration, Instant},
};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Room for an answer at first, in bytes.
const BUFFER: usize = 256 * 1024;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The status line and the headers, as they came.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
    filled: usize,
}

/// What a run came to.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// Answers that were as expected.
    pub answers: u64,
    /// Answers that were not.
    pub others: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Reply {
    /// A header's value, or nothing; the name in lower case.
    pub fn header(&self, name: &str) -> &str {
        header_of(&self.head, name).unwrap_or_default()
    }
}

impl Connection {
    /// Opens one.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            bytes: vec![0; BUFFER],
            filled: 0,
        })
    }

    /// Asks and keeps the whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Result<Reply> {
        let (status, body_at) = self.exchange(request)?;
        Ok(Reply {
            status,
            head: String::from_utf8_lossy(&self.bytes[..body_at]).into_owned(),
            body: self.body(body_at).to_vec(),
        })
    }

    /// Asks; answers the status and where the body begins in the bytes that came.
    fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        self.stream.write_all(request)?;
        self.filled = 0;
        let mut head: Option<(u16, usize, usize)> = None;
        loop {
            if self.filled == self.bytes.len() {
                self.bytes.resize(2 * self.filled, 0);
            }
            let count = self.stream.read(&mut self.bytes[self.filled..])?;
            if count == 0 {
                return Err(Error::new(ErrorKind::UnexpectedEof, "it hung up"));
            }
            self.filled += count;
            if head.is_none()
                && let Some(end) = find(&self.bytes[..self.filled], b"\r\n\r\n")
            {
                let (status, length) = read_head(&self.bytes[..end + 2])?;
                head = Some((status, end + 4, length));
            }
            if let Some((status, body_at, length)) = head
                && self.filled >= body_at + length
            {
                return Ok((status, body_at));
            }
        }
    }

    /// The body of the last answer.
    fn body(&self, at: usize) -> &[u8] {
        &self.bytes[at..self.filled]
    }
}

/// A request: its line, its headers and its body.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// The same request over so many connections for so long. An answer is as expected when it has this status and length.
pub fn repeat(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    request: &[u8],
    expected: (u16, usize),
) -> Tally {
    drive(
        address,
        connections,
        time,
        |_, _| Some(request.to_vec()),
        |_, _, status, body| (status, body.len()) == expected,
    )
}

/// What `next` makes for a connection and its count, until there is no more or the time is over; `seen` gets each answer
/// and tells whether it is as expected.
///
/// # Panics
/// When the server hangs up: then nothing was measured.
pub fn drive(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    next: impl Fn(usize, u64) -> Option<Vec<u8>> + Sync,
    seen: impl Fn(usize, u64, u16, &[u8]) -> bool + Sync,
) -> Tally {
    let start = Barrier::new(connections + 1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|number| {
                let (start, next, seen) = (&start, &next, &seen);
                scope.spawn(move || {
                    let mut connection = Connection::open(address).expect("it accepts");
                    start.wait();
                    let begun = Instant::now();
                    let (mut answers, mut others, mut count) = (0, 0, 0);
                    while begun.elapsed() < time {
                        let Some(request) = next(number, count) else { break };
                        let (status, at) = connection.exchange(&request).expect("it answers");
                        if seen(number, count, status, connection.body(at)) {
                            answers += 1;
                        } else {
                            others += 1;
                        }
                        count += 1;
                    }
                    (answers, others)
                })
            })
            .collect();
        start.wait();
        let begun = Instant::now();
        let mut tally = Tally {
            answers: 0,
            others: 0,
            seconds: 0.0,
        };
        for thread in threads {
            let (answers, others): (u64, u64) = thread.join().expect("it asked to the end");
            tally.answers += answers;
            tally.others += others;
        }
        tally.seconds = begun.elapsed().as_secs_f64();
        tally
    })
}

impl Tally {
    /// Expected answers in a second.
    pub fn per_second(&self) -> f64 {
        self.answers as f64 / self.seconds
    }
}

/// The status, and how long the body is.
fn read_head(head: &[u8]) -> Result<(u16, usize)> {
    let malformed = || Error::new(ErrorKind::InvalidData, String::from_utf8_lossy(head).into_owned());
    let text = std::str::from_utf8(head).map_err(|_| malformed())?;
    let status: u16 = text
        .get(9..12)
        .and_then(|code| code.parse().ok())
        .ok_or_else(malformed)?;
    // What is unchanged or has no content is over with its head, whatever length it names.
    if matches!(status, 204 | 304) {
        return Ok((status, 0));
    }
    let length = header_of(text, "content-length").and_then(|value| value.parse().ok());
    Ok((status, length.ok_or_else(malformed)?))
}

fn header_of<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value.trim()))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests_of_load {
    use super::*;

    #[test]
    fn a_head_tells_status_and_length() {
        let head = b"HTTP/1.1 201 Created\r\nContent-Length: 12\r\n";

        assert_eq!(read_head(head).expect("read"), (201, 12));
        assert_eq!(
            read_head(b"HTTP/1.1 304 Not Modified\r\ncontent-length: 9\r\n").expect("read"),
            (304, 0)
        );
        assert!(read_head(b"HTTP/1.1 200 OK\r\n").is_err());
        assert!(read_head(b"220 smtp.example\r\n").is_err());
    }

    #[test]
    fn a_request_says_how_long_its_body_is() {
        let made = request("POST", "/a", &[("cookie", "b=c")], "{}");

        assert_eq!(
            String::from_utf8(made).expect("text"),
            "POST /a HTTP/1.1\r\nhost: localhost\r\ncookie: b=c\r\ncontent-length: 2\r\n\r\n{}"
        );
    }
}
