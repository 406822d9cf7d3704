//! The hash of a table: of its rows, in whatever order they come.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::value::Value;

/// How many rows, and the sum of their hashes. A sum because the two engines need not agree on an order; and not an
/// exclusive or, because a row that is there twice must count twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// How many rows.
    pub rows: u64,
    /// The sum of their SHA-256, modulo 2^256, the lowest word first.
    sum: [u64; 4],
}

impl Digest {
    pub(crate) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            value.hash_into(&mut hash);
        }
        let bytes = hash.finalize();
        let mut carry = false;
        for (word, eight) in self.sum.iter_mut().zip(bytes.chunks_exact(8)) {
            let eight = eight.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
            let (sum, over) = word.overflowing_add(eight);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            (*word, carry) = (sum, over || over_again);
        }
        self.rows += 1;
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.sum
            .iter()
            .rev()
            .try_for_each(|word| write!(f, "{word:016x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(rows: &[i64]) -> Digest {
        let mut digest = Digest::default();
        for row in rows {
            digest.add(&[Value::Big(*row)]);
        }
        digest
    }

    #[test]
    fn it_is_the_same_in_any_order_and_another_for_any_other_rows() {
        assert_eq!(digest(&[1, 2, 3]), digest(&[3, 1, 2]));
        for others in [&[1, 2][..], &[1, 2, 4], &[1, 2, 3, 3], &[1, 2, 2]] {
            assert_ne!(digest(&[1, 2, 3]), digest(others));
        }
        assert_ne!(digest(&[1, 1]).sum, digest(&[2, 2]).sum);
    }
}
