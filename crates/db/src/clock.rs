//! By how much the database's clock differs from this machine's.

use diesel::{RunQueryDsl as _, sql_query};
use kernel::{Fault, Moment, column::MomentSql};

use crate::Conn;

#[derive(diesel::QueryableByName)]
struct Present {
    #[diesel(sql_type = MomentSql)]
    now: Moment,
}

/// The database's clock minus this machine's, in microseconds, give or take half the way there and back; 0 for an engine
/// inside this very process.
///
/// # Errors
/// When the database cannot be asked.
pub fn offset_micros(conn: &mut Conn) -> Result<i64, Fault> {
    let Conn::Pg(c) = conn else { return Ok(0) };
    let before = Moment::now();
    let present: Present = sql_query("SELECT clock_timestamp() AS now").get_result(c)?;
    let after = Moment::now();
    let middle = before.micros() + (after.micros() - before.micros()) / 2;
    Ok(present.now.micros() - middle)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_database_of_this_machine_has_this_machines_clock() {
        let database = crate::testing::fresh();
        let offset = database.read("offset", super::offset_micros).expect("asked");
        assert!(offset.abs() < 1_000_000, "{offset}");
    }
}
