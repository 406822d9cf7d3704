//! The three languages of the pages and letters.

crate::coded! {
    /// A working language (constitution: English, French, Spanish).
    pub enum Language {
        /// English.
        En => "en",
        /// French.
        Fr => "fr",
        /// Spanish.
        Es => "es",
    }
}

impl Language {
    /// The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4); English when none fits.
    /// Anything odd in the header is passed over.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0_u32, Self::En);
        for part in header.split(',').take(20) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1000, |q| {
                    q.trim()
                        .parse::<f32>()
                        .ok()
                        .filter(|q| (0.0..=1.0).contains(q))
                        .map_or(0, |q| (q * 1000.0) as u32)
                });
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            if let Some(language) = <Self as crate::Coded>::from_code(&primary)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Es, Fr};

    #[test]
    fn the_best_language_of_a_header_is_chosen_and_odd_headers_do_no_harm() {
        let long = "fr,".repeat(4000);
        let cases = [
            ("fr-CA,fr;q=0.8,en;q=0.5", Fr),
            ("de, es;q=0.4, en;q=0.3", Es),
            ("*;q=0", En),
            ("xx-ZZ-x-evil", En),
            ("fr;q=nan, es;q=2", En),
            ("", En),
            (long.as_str(), Fr),
        ];
        for (header, expected) in cases {
            assert_eq!(
                Language::negotiate(header),
                expected,
                "{}",
                &header[..header.len().min(40)]
            );
        }
    }
}
