//! Codes as people type them: of tracks and formats, editions, sessions. They stand in addresses, file names, exports and
//! printed programmes, so one rule holds for all: Latin letters and digits, joined by what their shape allows, beginning
//! and ending with a letter or digit. No spaces, slashes, control characters or letters that look like others.
//!
//! It knows nothing of which codes are taken; `coded` holds those of our own enums.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::text;

/// How a code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeShape {
    /// `policy_lab`, of what a site is furnished with: small letters, joined by `_`; 2 to 60.
    Word,
    /// `durban-2019`, a name in addresses: small letters, joined by `-`; 2 to 60.
    Slug,
    /// `L4A-01`, as printed in a programme: letters of both cases, joined by `-`, `_` and `.`; 1 to 40.
    Label,
}

impl CodeShape {
    /// The fewest letters.
    pub const fn least(self) -> usize {
        match self {
            Self::Word | Self::Slug => 2,
            Self::Label => 1,
        }
    }

    /// The most letters.
    pub const fn most(self) -> usize {
        match self {
            Self::Word | Self::Slug => 60,
            Self::Label => 40,
        }
    }

    /// The fault of a code that is not of this shape.
    pub const fn fault(self) -> &'static str {
        match self {
            Self::Word => "not_a_code",
            Self::Slug => "not_a_slug",
            Self::Label => "not_a_label",
        }
    }

    /// Whether a code is of this shape.
    pub fn fits(self, code: &str) -> bool {
        let bytes = code.as_bytes();
        (self.least()..=self.most()).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| self.is_letter(*byte) || self.joints().contains(byte))
            && bytes.first().is_some_and(|byte| self.is_letter(*byte))
            && bytes.last().is_some_and(|byte| self.is_letter(*byte))
    }

    /// What of a text can stand in a code of this shape; empty when too little can.
    pub fn made_of(self, said: &str) -> String {
        let plain = match self {
            Self::Word | Self::Slug => text::fold(said),
            Self::Label => said.nfkd().filter(|c| !is_combining_mark(*c)).collect(),
        };
        let mut code = String::new();
        for c in plain.chars() {
            let byte = u8::try_from(c).unwrap_or(b' ');
            if self.is_letter(byte) {
                code.push(c);
            } else if !code.is_empty() && !code.ends_with(|last: char| !last.is_ascii_alphanumeric()) {
                let is_joint = self.joints().contains(&byte);
                code.push(if is_joint { c } else { self.joint() });
            }
            if code.len() >= self.most() {
                break;
            }
        }
        let code = code.trim_end_matches(|last: char| !last.is_ascii_alphanumeric());
        if self.fits(code) {
            code.to_owned()
        } else {
            String::new()
        }
    }

    fn is_letter(self, byte: u8) -> bool {
        match self {
            Self::Word | Self::Slug => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Self::Label => byte.is_ascii_alphanumeric(),
        }
    }

    const fn joints(self) -> &'static [u8] {
        match self {
            Self::Word => b"_",
            Self::Slug => b"-",
            Self::Label => b"-_.",
        }
    }

    const fn joint(self) -> char {
        match self {
            Self::Word => '_',
            Self::Slug | Self::Label => '-',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CodeShape::{Label, Slug, Word};

    #[test]
    fn a_code_is_plain_letters_and_digits_well_joined() {
        for (shape, good) in [
            (Word, "policy_lab"),
            (Word, "local4action"),
            (Slug, "durban-2019"),
            (Label, "L4A-01"),
            (Label, "GA.2_b"),
            (Label, "7"),
        ] {
            assert!(shape.fits(good), "{good}");
        }
    }

    #[test]
    fn r259_a_code_holds_no_path_space_control_character_or_look_alike() {
        let tricks = [
            "",
            ".",
            "..",
            "../../x",
            "a/b",
            "a\\b",
            "a b",
            " a1",
            "a1\n",
            "a\u{0}1",
            "a\u{202E}1",
            "a\u{200B}1",
            "-a1",
            "a1-",
            "_a1",
            "ab\u{0441}",
            "été",
            "a%2fb",
            "a?b",
            "a#b",
            "=1+1",
            "<b>",
        ];
        for shape in [Word, Slug, Label] {
            for trick in tricks {
                assert!(!shape.fits(trick), "{shape:?} {trick:?}");
            }
            assert!(shape.fits(&"x".repeat(shape.most())));
            assert!(!shape.fits(&"x".repeat(shape.most() + 1)));
        }
        assert!(!Word.fits("Policy_Lab") && !Slug.fits("Durban-2019") && !Word.fits("x"));
    }

    #[test]
    fn what_can_stand_in_a_code_is_kept() {
        for (shape, said, made) in [
            (Word, "Lab de Políticas – Región", "lab_de_politicas_region"),
            (Slug, "31C3: A New Dawn", "31c3-a-new-dawn"),
            (Label, "../../x", "x"),
            (Label, "TH 03", "TH-03"),
            (Label, " Été/7. ", "Ete-7"),
            (Label, "홍길동", ""),
            (Word, "x", ""),
        ] {
            assert_eq!(shape.made_of(said), made, "{said:?}");
        }
        let long = Label.made_of(&"ab ".repeat(400));
        assert!(Label.fits(&long), "{long}");
    }
}
