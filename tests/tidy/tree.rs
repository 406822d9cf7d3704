//! Reading the working tree, and Rust source without its comments, texts and tests.

use std::fs;
use std::path::{Path, PathBuf};

/// One file: its path from the root with `/` between, and its text.
#[derive(Debug)]
pub struct File {
    /// Such as `crates/people/src/rules.rs`.
    pub path: String,
    /// As it stands.
    pub text: String,
}

/// The workspace's folder.
pub fn root() -> PathBuf {
    let package = option_env!("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = package.unwrap_or_else(|| std::env::current_dir().expect("a test has a working folder"));
    let root = here
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file());
    root.expect("the workspace's folder holds Cargo.lock")
        .to_path_buf()
}

/// Every text file under `folder` (from the root) whose name ends so, by path; none when the folder is absent.
pub fn files(folder: &str, end: &str) -> Vec<File> {
    let root = root();
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    let mut files: Vec<File> = paths
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(end))
        .filter_map(|path| {
            Some(File {
                path: relative(&root, path),
                text: fs::read_to_string(path).ok()?,
            })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The Rust files of every crate's `src`.
pub fn sources() -> Vec<File> {
    files("crates", ".rs")
        .into_iter()
        .filter(|file| file.path.contains("/src/"))
        .collect()
}

/// Fails with every sentence on its own line.
#[track_caller]
pub fn none(sentences: Vec<String>) {
    assert!(
        sentences.is_empty(),
        "{} against the rule:\n  {}\n",
        sentences.len(),
        sentences.join("\n  ")
    );
}

/// The same lines with comments and the insides of texts and characters blanked.
pub fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match end_of_non_code(&chars, at) {
            Some(end) => end.min(chars.len()),
            None => {
                code.push(chars[at]);
                at += 1;
                continue;
            }
        };
        code.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    code
}

/// Source without its `#[cfg(test)]` items, given and returned without comments and texts.
pub fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        kept.push('\n');
        let mut depth = 0;
        for line in lines.by_ref() {
            kept.push('\n');
            depth += line.matches('{').count();
            depth -= line.matches('}').count().min(depth);
            let is_complete = line.contains('}') || line.trim_end().ends_with(';');
            if depth == 0 && is_complete {
                break;
            }
        }
    }
    kept
}

/// Whether `word` stands in `code` with no letter, digit or `_` on either side.
pub fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(start, _)| {
        let before = code[..start].chars().next_back();
        let after = code[start + word.len()..].chars().next();
        !before.is_some_and(in_name) && !after.is_some_and(in_name)
    })
}

/// The number of the line on which byte `at` stands, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match path.is_dir() {
            true if matches!(&*name, "target" | "node_modules" | ".git") => {}
            true => collect(&path, paths),
            false => paths.push(path),
        }
    }
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// Where the comment, text or character that begins at `at` ends; nothing when code stands there.
fn end_of_non_code(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => Some(until(chars, at, |rest| rest[0] == '\n')),
        '/' if next == Some('*') => Some(end_of_block_comment(chars, at)),
        '"' => Some(end_of_text(chars, at)),
        'r' if at == 0 || !in_name(chars[at - 1]) || chars[at - 1] == 'b' => end_of_raw_text(chars, at),
        '\'' if next == Some('\\') => Some(until(chars, at + 3, |rest| rest[0] == '\'') + 1),
        '\'' if chars.get(at + 2) == Some(&'\'') => Some(at + 3),
        _ => None,
    }
}

fn until(chars: &[char], from: usize, is_end: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len())
        .find(|at| is_end(&chars[*at..]))
        .unwrap_or(chars.len())
}

fn end_of_text(chars: &[char], at: usize) -> usize {
    let mut at = at + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn end_of_raw_text(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(at + 1 + hashes) != Some(&'"') {
        return None;
    }
    let closes =
        |rest: &[char]| rest[0] == '"' && rest.len() > hashes && rest[1..=hashes].iter().all(|c| *c == '#');
    Some(until(chars, at + 2 + hashes, closes) + 1 + hashes)
}

fn end_of_block_comment(chars: &[char], at: usize) -> usize {
    let (mut at, mut depth) = (at, 0);
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => (at, depth) = (at + 2, depth + 1),
            ['*', '/', ..] if depth == 1 => return at + 2,
            ['*', '/', ..] => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    at
}

#[test]
fn comments_and_texts_are_not_code() {
    let source = "let a = \"Conn // \\\" x\"; // Conn\nlet b = r#\"Conn \" \"#; /* Conn /* Conn */ */ let c = '\"'; d::<'a>('\\'', e);";

    let code = code_only(source);

    assert!(!code.contains("Conn"), "{code}");
    assert!(
        code.contains("let b =") && code.contains("let c =") && code.contains("d::<'a>("),
        "{code}"
    );
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn a_test_module_is_left_out_and_what_follows_it_is_kept() {
    let code = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c.unwrap() }\n}\nfn d() {}\n#[cfg(test)]\nmod e;\nfn f() {}\n";

    let kept = without_tests(code);

    assert!(!kept.contains("unwrap") && !kept.contains("mod e"), "{kept}");
    assert!(
        kept.contains("fn a") && kept.contains("fn d") && kept.contains("fn f"),
        "{kept}"
    );
    assert_eq!(kept.lines().count(), code.lines().count());
}

#[test]
fn a_word_is_not_found_inside_a_longer_one() {
    assert!(has_word("f(conn: &mut Conn)", "Conn"));
    assert!(!has_word("PgConnection, MyConn", "Conn"));
}
