//! The folder of contents: `incoming/` while they come in, then `ab/cd/abcd…` under their SHA-256, for good.
//!
//! Several nodes may share the folder: a content is written beside its place, made durable, and moved there in one step.

use std::{
    fs::{self, File},
    io::{self, Read, Seek as _, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::UNIX_EPOCH,
};

use db::Conn;
use kernel::{Fault, Moment};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use crate::{
    faults::{disk, too_large},
    images,
    model::{Hash, MediaType},
    rules::{self, BYTES_MAX},
    sniff, stored,
};

/// Where contents come in.
const INCOMING: &str = "incoming";
/// What is older than this in `incoming` was given up by its sender, in minutes.
const GIVEN_UP_MINUTES: i64 = 120;
/// A content without a row is kept this long: its row may be about to commit. In minutes.
const ROWLESS_MINUTES: i64 = 1440;

/// The folder of contents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
    /// One picture at a time is drawn anew: each may take two hundred megabytes.
    drawing: Arc<Mutex<()>>,
}

/// A content on its way in; dropped before it is finished, nothing of it remains.
#[derive(Debug)]
pub struct Upload {
    store: Store,
    file: NamedTempFile,
    size: u64,
    hasher: Sha256,
}

/// A content that is on the disk for good; [`stored::record`] gives it a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Under which it is found.
    pub hash: Hash,
    /// In bytes.
    pub size: i64,
    /// What its bytes are.
    pub media_type: MediaType,
    /// What it is called, cleaned, with an ending that fits.
    pub name: String,
}

impl Store {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// `storage_unavailable` when it cannot be made or written to.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        fs::create_dir_all(folder.join(INCOMING)).map_err(disk)?;
        Ok(Self {
            root: folder.to_owned(),
            drawing: Arc::new(Mutex::new(())),
        })
    }

    /// Begins to take a content in.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn begin(&self) -> Result<Upload, Fault> {
        Ok(Upload {
            store: self.clone(),
            file: self.incoming()?,
            size: 0,
            hasher: Sha256::new(),
        })
    }

    /// Takes a whole content in; `name` is what its sender calls it.
    ///
    /// # Errors
    /// As [`Upload::write`] and [`Upload::finish`].
    pub fn receive(&self, name: &str, mut content: impl Read) -> Result<Received, Fault> {
        let mut upload = self.begin()?;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match content.read(&mut chunk) {
                Ok(0) => return upload.finish(name),
                Ok(read) => upload.write(&chunk[..read])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::internal(error)),
            }
        }
    }

    /// Opens a content for reading. Whoever reads decides first whether this reader may.
    ///
    /// # Errors
    /// Internal when it is not there; `storage_unavailable`.
    pub fn open_read(&self, hash: &Hash) -> Result<File, Fault> {
        File::open(self.path_of(hash)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Fault::internal(format!("the content {hash} is missing")),
            _ => disk(error),
        })
    }

    /// Whether a content is there and still what it was; for `doctor` and `restore`.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn is_sound(&self, hash: &Hash) -> Result<bool, Fault> {
        let mut file = match File::open(self.path_of(hash)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(disk(error)),
        };
        Ok(hash_of(&mut file).map_err(disk)?.0 == *hash)
    }

    /// Removes what senders gave up in the middle. Answers how many.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn sweep(&self, now: Moment) -> Result<usize, Fault> {
        let before = now.plus_minutes(-GIVEN_UP_MINUTES);
        let mut removed = 0;
        for path in entries(&self.root.join(INCOMING))? {
            if changed_at(&path).is_some_and(|at| at < before) && fs::remove_file(&path).is_ok() {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes contents that no file needs any more. Answers how many.
    ///
    /// # Errors
    /// `storage_unavailable`; when the database refuses.
    pub fn forget_unused(&self, conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
        let before = now.plus_minutes(-ROWLESS_MINUTES);
        let mut removed = 0;
        for folder in entries(&self.root)? {
            for folder in entries(&folder)? {
                for path in entries(&folder)? {
                    let name = path
                        .file_name()
                        .and_then(|name| name.to_str())
                        .unwrap_or_default();
                    let Ok(hash) = name.parse::<Hash>() else { continue };
                    let is_old = changed_at(&path).is_some_and(|at| at < before);
                    if is_old && !stored::is_needed(conn, &hash)? && fs::remove_file(&path).is_ok() {
                        removed += 1;
                    }
                }
            }
        }
        Ok(removed)
    }

    fn incoming(&self) -> Result<NamedTempFile, Fault> {
        NamedTempFile::new_in(self.root.join(INCOMING)).map_err(disk)
    }

    fn path_of(&self, hash: &Hash) -> PathBuf {
        let text = hash.as_str();
        self.root.join(&text[..2]).join(&text[2..4]).join(text)
    }

    /// Makes a content durable and moves it to its place; one that is there already is only touched.
    fn keep(&self, file: NamedTempFile, hash: &Hash) -> Result<(), Fault> {
        file.as_file().sync_all().map_err(disk)?;
        let place = self.path_of(hash);
        let folders: Vec<&Path> = place.ancestors().skip(1).take(3).collect();
        fs::create_dir_all(folders[0]).map_err(disk)?;
        file.persist(&place).map_err(|error| disk(error.error))?;
        for folder in folders {
            sync_folder(folder)?;
        }
        Ok(())
    }
}

impl Upload {
    /// Takes the next bytes in.
    ///
    /// # Errors
    /// `too_large` beyond 25 MiB; `storage_unavailable`.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.size += bytes.len() as u64;
        if self.size > BYTES_MAX {
            return Err(too_large());
        }
        self.hasher.update(bytes);
        self.file.write_all(bytes).map_err(disk)
    }

    /// Bytes taken in so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Looks at what came in, draws pictures anew, and puts the content in its place for good. It takes the time of a
    /// disk and, for pictures, of a processor: not for a thread that serves requests.
    ///
    /// # Errors
    /// `file_empty`, `file_type`, `file_active`, `file_damaged`, `image_too_big`, `too_large`,
    /// `storage_unavailable`; nothing remains of what is refused.
    pub fn finish(mut self, name: &str) -> Result<Received, Fault> {
        let media_type = sniff::media_type(self.file.as_file_mut(), name)?;
        let (file, hash, size) = if media_type.is_image() {
            self.redrawn(media_type)?
        } else {
            (self.file, Hash::of(self.hasher.finalize().into()), self.size)
        };
        self.store.keep(file, &hash)?;
        Ok(Received {
            hash,
            size: i64::try_from(size).map_err(Fault::internal)?,
            media_type,
            name: rules::clean_name(name, media_type),
        })
    }

    fn redrawn(&mut self, media_type: MediaType) -> Result<(NamedTempFile, Hash, u64), Fault> {
        let mut drawn = self.store.incoming()?;
        {
            let _one_at_a_time = self.store.drawing.lock().unwrap_or_else(PoisonError::into_inner);
            images::redraw(self.file.as_file_mut(), media_type, &mut drawn)?;
        }
        let (hash, size) = hash_of(drawn.as_file_mut()).map_err(disk)?;
        if size > BYTES_MAX {
            return Err(too_large());
        }
        Ok((drawn, hash, size))
    }
}

fn hash_of(file: &mut File) -> io::Result<(Hash, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let mut hasher = Sha256::new();
    let mut size = 0;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok((Hash::of(hasher.finalize().into()), size)),
            read => {
                hasher.update(&chunk[..read]);
                size += read as u64;
            }
        }
    }
}

/// What a folder holds; nothing for what is not a folder or has just gone.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    match fs::read_dir(folder) {
        Ok(found) => Ok(found.flatten().map(|entry| entry.path()).collect()),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(vec![]),
            _ => Err(disk(error)),
        },
    }
}

fn changed_at(path: &Path) -> Option<Moment> {
    let changed = fs::metadata(path).ok()?.modified().ok()?;
    let since = changed.duration_since(UNIX_EPOCH).ok()?;
    Some(Moment::from_micros(i64::try_from(since.as_micros()).ok()?))
}

/// A file that was moved is there after a power cut only once its folder was written too.
fn sync_folder(folder: &Path) -> Result<(), Fault> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(disk)
}
