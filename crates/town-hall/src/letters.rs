//! What caucuses are told by letter: that they are asked for their review, until when, and where the paper is.

use db::Conn;
use kernel::{Fault, Language, Moment};
use mail::{
    letters::{Congress, Content, PaperFacts},
    outbox,
};
use papers::model::Paper;
use programme::editions;
use texts::versions;

use crate::{
    caucuses,
    model::{Caucus, Review},
};

/// Tells everybody who answers for a caucus that it is asked for its review; once for each time it is asked.
pub(crate) fn asked(
    conn: &mut Conn,
    now: Moment,
    caucus: &Caucus,
    paper: &Paper,
    review: &Review,
) -> Result<(), Fault> {
    let Some(edition) = editions::find(conn, paper.edition)? else {
        return Ok(());
    };
    let title = versions::get(conn, paper.text, review.text_version)?.title;
    let until = edition.zone.local(review.deadline);
    let deadline = format!("{} {} ({})", until.date(), until.clock(), edition.zone.name());
    for member in caucuses::current(conn, caucus.id)? {
        let key = format!("caucus_review:{}:{}:{}", review.id, review.version, member.person);
        let content = |language: Language| Content::CaucusReviewAsked {
            congress: Congress {
                name: edition.title.text(language).to_owned(),
                slug: edition.slug.clone(),
            },
            caucus: caucus.name.text(language).to_owned(),
            paper: PaperFacts {
                id: paper.id,
                code: paper.code.clone(),
                title: title.text(language).to_owned(),
            },
            deadline: deadline.clone(),
        };
        outbox::post_to_person(conn, now, member.person, Some(key), content)?;
    }
    Ok(())
}
