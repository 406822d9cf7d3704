//! Who those are by now who listen: as long as they see what they saw when they came in, they stay.

use std::{collections::HashMap, sync::Arc};

use access_rules::{Actor, Sight};
use actix_kit::{Caller, caller::Credentials};
use assembly::floor::seeing;
use db::Conn;
use kernel::{Fault, Kind, Moment};
use programme::editions;

use crate::topics::Topic;

/// Who listens, as far as they were let in for.
pub struct Who {
    /// Who.
    pub caller: Caller,
    /// What they see.
    pub sight: Sight,
    /// Whether they know of it by something else than the key beside it.
    pub by_part: bool,
}

/// One who is asked about: to what they listen, as which of them, and who they are.
pub(crate) type Due = (Topic, u64, Arc<Who>);

/// Those of them who may no longer listen as who they came in as.
pub(crate) fn ended(
    conn: &mut Conn,
    due: &[Due],
    machine_now: Moment,
    now: Moment,
) -> Result<Vec<(Topic, u64)>, Fault> {
    // Of those who showed nothing all see the same.
    let mut nobody: HashMap<Topic, bool> = HashMap::new();
    let mut ended = Vec::new();
    for (topic, number, who) in due {
        let stays = match (who.caller.credentials(), nobody.get(topic)) {
            (Credentials::None, Some(stays)) => *stays,
            (Credentials::None, None) => {
                let stays = still_sees(conn, &Actor::nobody(), now, *topic, who)?;
                nobody.insert(*topic, stays);
                stays
            }
            (Credentials::Cookie(_) | Credentials::Bearer(_), _) => {
                match who.caller.still(conn, machine_now, now) {
                    Ok(actor) => still_sees(conn, &actor, now, *topic, who)?,
                    Err(fault) if is_ours(&fault) => return Err(fault),
                    Err(_) => false,
                }
            }
        };
        if !stays {
            ended.push((*topic, *number));
        }
    }
    Ok(ended)
}

fn still_sees(conn: &mut Conn, actor: &Actor, now: Moment, topic: Topic, who: &Who) -> Result<bool, Fault> {
    if actor.sight() != who.sight {
        return Ok(false);
    }
    let sees = match topic {
        Topic::Programme(edition) => editions::get(conn, actor, edition).map(|_| true),
        Topic::Floor(session) => {
            seeing::follow(conn, actor, now, session).map(|following| following.by_part == who.by_part)
        }
    };
    match sees {
        Err(fault) if is_ours(&fault) => Err(fault),
        sees => Ok(sees.unwrap_or(false)),
    }
}

/// Whether it says nothing of who asks: our own failure.
fn is_ours(fault: &Fault) -> bool {
    matches!(fault.kind, Kind::Internal | Kind::Unavailable)
}
