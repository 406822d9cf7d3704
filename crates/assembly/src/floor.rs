//! The floor of the World Assembly and of a sitting (R79–R81): who chairs it, who may speak, on what it is opened.
//!
//! The slice `floor` keeps the list, the clock and the order, and knows no meeting. Here each of its acts is decided by the
//! meeting it belongs to, then done. Another owner of a floor decides by a meeting of its own, and does the same.
//!
//! - `meeting`: what a session with a floor is to who asks. [`chairing`]: the acts of who chairs. [`asking`]: those of who
//!   may speak. [`seeing`]: the one view for chair, delegate and screen, and who may follow it.
//!
//! Who chairs: whoever runs the World Assembly; the chair of a sitting, or the desk of its track. Who may speak: by the
//! rule in force, whom a network endorsed in the World Assembly (R70), whoever is registered in a sitting. Everybody who
//! knows of the session follows its floor; who does not, learns nothing of it.

mod meeting;

pub mod asking;
pub mod chairing;
pub mod seeing;
