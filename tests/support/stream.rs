//! An event stream as a browser reads one (WHATWG HTML §9.2), kept whole to see what else was said.

use std::{
    io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Result, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// How long the next event may take.
const LIMIT: Duration = Duration::from_secs(30);

/// A stream that was asked for.
pub struct EventStream {
    reader: BufReader<TcpStream>,
    /// The status it was answered with.
    pub status: u16,
    /// The status line and headers.
    pub head: String,
    /// The id of the last block that had one.
    pub last_id: String,
    /// All that came, as it came.
    pub said: String,
    read_to: usize,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its data.
    pub data: Value,
}

impl EventStream {
    /// Asks for a stream, and reads until the answer's headers.
    ///
    /// # Panics
    /// When nothing answers.
    pub fn open(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Self {
        Self::try_open(address, path, headers).expect("an answer")
    }

    /// The same of a server that may be gone.
    ///
    /// # Errors
    /// When no answer came.
    pub fn try_open(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Result<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(LIMIT))?;
        let mut request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes())?;
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Err(Error::new(ErrorKind::UnexpectedEof, head));
            }
        }
        let status = head.get(9..12).and_then(|code| code.parse().ok());
        Ok(Self {
            reader,
            status: status.ok_or_else(|| Error::new(ErrorKind::InvalidData, head.clone()))?,
            head,
            last_id: String::new(),
            said: String::new(),
            read_to: 0,
        })
    }

    /// The same, until it says where it is.
    ///
    /// # Panics
    /// When it is refused.
    pub fn begun(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Self {
        Self::try_begun(address, path, headers).expect("a stream")
    }

    /// The same of a server that may be gone.
    ///
    /// # Errors
    /// When no stream began.
    pub fn try_begun(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Result<Self> {
        let mut stream = Self::try_open(address, path, headers)?;
        if stream.status != 200 {
            return Err(Error::other(stream.head));
        }
        while stream.said.is_empty() || stream.last_id.is_empty() {
            if !stream.read_chunk() {
                return Err(Error::new(ErrorKind::UnexpectedEof, "it ended"));
            }
            let (said, read_to) = (stream.said.clone(), stream.read_to);
            for line in said[read_to..].lines() {
                if let Some(id) = line.strip_prefix("id: ") {
                    stream.last_id = id.to_owned();
                }
            }
        }
        Ok(stream)
    }

    /// What ends it from elsewhere, by being shut down.
    ///
    /// # Errors
    /// When this process may open no more files.
    pub fn line(&self) -> Result<TcpStream> {
        self.reader.get_ref().try_clone()
    }

    /// The next event; nothing when the stream ended.
    ///
    /// # Panics
    /// When none comes in time.
    pub fn event(&mut self) -> Option<Event> {
        loop {
            while let Some(length) = self.said[self.read_to..].find("\n\n") {
                let block = self.said[self.read_to..self.read_to + length].to_owned();
                self.read_to += length + 2;
                let field = |name: &str| {
                    let found = block.lines().find_map(|line| line.strip_prefix(name));
                    found.map(|value| value.trim_start().to_owned())
                };
                if let Some(id) = field("id:") {
                    self.last_id = id;
                }
                if let (Some(name), Some(data)) = (field("event:"), field("data:")) {
                    return Some(Event {
                        id: self.last_id.clone(),
                        name,
                        data: serde_json::from_str(&data).expect("JSON"),
                    });
                }
            }
            if !self.read_chunk() {
                return None;
            }
        }
    }

    /// Whether there was more (RFC 9112 §7.1).
    fn read_chunk(&mut self) -> bool {
        let mut size = String::new();
        match self.reader.read_line(&mut size) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(why) if why.kind() == ErrorKind::ConnectionReset => return false,
            Err(why) => panic!("nothing more came: {why}"),
        }
        // A size that broke off is the end as well.
        let Ok(size) = usize::from_str_radix(size.trim(), 16) else {
            return false;
        };
        let mut chunk = vec![0; size + 2];
        if size == 0 || self.reader.read_exact(&mut chunk).is_err() {
            return false;
        }
        self.said
            .push_str(std::str::from_utf8(&chunk[..size]).expect("UTF-8"));
        true
    }
}
