//! The floor at the desk of who chairs the World Assembly: who speaks and how long still, who comes next and why, points of
//! order, motions; each act one button, the usual ones one key. It stands on [`super::assembly_chair`].
//!
//! What its forms do is in [`super::floor_chair_acts`].

use assembly::{agenda::AssemblyItemView, floor::seeing::SessionFloor};
use floor::{
    View, Waiting,
    model::{
        Finding, FloorState, MotionState, RequestId, RulingState, SpeakingOrder, SpeechKind, SpeechState,
    },
};
use kernel::Coded as _;

use super::{
    desk::{Again, Sheet, Table, plain, together},
    floor::{heading, moved, notice, paragraph, ruled},
    floor_shown::{
        Change, FloorPart, Key, Keys, Queue, QueueLine, item, item_heading, line, minutes, now, region, said,
        stream_from, unplaced,
    },
};
use crate::{
    components::{Chrome, Markup},
    forms::{Choice, FormView},
    visit::Visit,
    voice::Voice,
};

/// How much more the key gives, in seconds.
const MINUTE: i64 = 60;

/// What the floor is drawn from, for its chair.
pub(super) struct Desk<'a> {
    /// The visit.
    pub visit: &'a Visit,
    /// What surrounds the page.
    pub chrome: &'a Chrome,
    /// The address of the desk.
    pub base: &'a str,
    /// The floor.
    pub shown: &'a SessionFloor,
    /// How far the page has heard.
    pub seq: i64,
    /// The agenda.
    pub items: &'a [AssemblyItemView],
    /// Whether the World Assembly sits.
    pub sits: bool,
    /// The form that came back, and of what it is.
    pub again: Option<(&'a str, Again<'a>)>,
}

impl Desk<'_> {
    fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    /// A form, as it was typed when it came back.
    fn form(&self, of: &str) -> FormView {
        let again = self.again.filter(|(own, _)| *own == of).map(|(_, again)| again);
        Again::view(again, self.visit, || FormView::blank(self.voice())).within(format!("f-{of}"))
    }

    fn is_back(&self, of: &str) -> bool {
        self.again.is_some_and(|(own, _)| own == of)
    }

    fn at(&self, rest: impl std::fmt::Display) -> String {
        format!("{}/{rest}", self.base)
    }

    /// The part of the desk that is the floor.
    pub fn part(&self) -> FloorPart {
        let voice = self.voice();
        let mut parts = Vec::new();
        match self.shown.is_on() {
            Some(floor) => self.draw(floor, &mut parts),
            None => self.closed(&mut parts),
        }
        FloorPart {
            stream: stream_from(self.visit.site(), self.shown.session, self.seq),
            digest: self
                .shown
                .floor
                .as_ref()
                .map(|floor| floor.digest.clone())
                .unwrap_or_default(),
            said: self
                .shown
                .is_on()
                .map_or_else(|| voice.t("floor-nothing"), |floor| said(voice, floor)),
            at_once: true,
            parts,
        }
    }

    /// No item is open: what can be opened.
    fn closed(&self, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        parts.push(heading(voice.t("floor-heading")));
        parts.push(paragraph(voice.t("floor-nothing")));
        if !self.sits {
            return;
        }
        if let Some(last) = &self.shown.floor {
            let title = item(voice, self.shown, last).text;
            let again = self.key(
                format!("floors/{}/resume", last.id),
                voice.t1("floor-reopen", "title", title),
            );
            parts.push(self.keys(vec![again], false));
        }
        let form = self.form("open");
        let choices: Vec<Choice> = self
            .items
            .iter()
            .map(|own| Choice::new(own.item.id.to_string(), title_of(voice, own)))
            .collect();
        let action = self.at("floors");
        let mut sheet = Sheet::new(action.clone(), self.chrome.sends()).and(form.summary());
        if !choices.is_empty() {
            sheet = sheet.with(form.select("item", "floor-open-item", &choices).optional());
        }
        sheet = sheet
            .with(form.tongues("title", "floor-open-topic").optional())
            .with(
                form.select(
                    "speaking_order",
                    "floor-open-order",
                    &Choice::codes::<SpeakingOrder>(voice, "speaking-order"),
                )
                .optional()
                .middle(),
            )
            .or_does(action, voice.t("floor-open-do"));
        parts.push(Markup::of(&sheet));
    }

    fn draw(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        parts.push(item_heading(voice, self.shown, floor));
        if floor.state == FloorState::Paused {
            parts.push(notice(voice, "floor-paused"));
        }
        if floor.list_closed {
            parts.push(notice(voice, "floor-list-is-closed"));
        }
        parts.push(Markup::of(&now(voice, floor)));
        if let Some(code) = held_up(floor) {
            parts.push(paragraph(voice.t(format!("fault-{code}"))));
        }
        parts.push(self.keys(self.usual(floor), true));
        self.points(floor, parts);
        self.motions(floor, parts);
        parts.push(heading(voice.t("floor-queue")));
        parts.push(self.queue(floor));
        if !floor.to_admit.is_empty() {
            parts.push(heading(voice.t("floor-to-admit")));
            parts.push(self.waiting_to_be_admitted(floor));
        }
        parts.push(heading(voice.t("floor-balance")));
        parts.push(self.balance(floor));
        parts.push(self.arrangement(floor));
        parts.push(self.keys(self.unusual(floor), false));
    }

    fn key(&self, at: String, label: String) -> Key {
        Key {
            action: self.at(at),
            sends: self.chrome.sends(),
            fields: Vec::new(),
            class: "btn",
            letter: None,
            cap: None,
            label,
        }
    }

    fn keys(&self, keys: Vec<Key>, has_switch: bool) -> Markup {
        Markup::of(&Keys {
            voice: self.voice().clone(),
            keys,
            has_switch,
        })
    }

    /// What is done for every speaker, one key each.
    fn usual(&self, floor: &View) -> Vec<Key> {
        let voice = self.voice();
        let ending = floor.current.as_ref().map(|line| line.id.to_string());
        let mut keys = Vec::new();
        if let Some(next) = floor.next {
            let mut fields = vec![("next", next.to_string())];
            fields.extend(ending.map(|id| ("ending", id)));
            keys.push(Key {
                fields,
                class: "act",
                letter: Some("n"),
                cap: Some("N"),
                ..self.key(format!("floors/{}/call", floor.id), voice.t("floor-call"))
            });
        }
        let Some(current) = &floor.current else {
            return keys;
        };
        let (act, label) = match current.state {
            SpeechState::Speaking => ("pause", "floor-stop"),
            SpeechState::Paused => ("start", "floor-go-on"),
            SpeechState::Called
            | SpeechState::Requested
            | SpeechState::Queued
            | SpeechState::Done
            | SpeechState::Withdrawn
            | SpeechState::Removed => ("start", "floor-start"),
        };
        if floor.state == FloorState::Open {
            keys.push(Key {
                letter: Some(" "),
                cap: Some("\u{2423}"),
                ..self.key(format!("requests/{}/{act}", current.id), voice.t(label))
            });
        }
        if current.kind != SpeechKind::PointOfOrder {
            keys.push(Key {
                letter: Some("d"),
                cap: Some("D"),
                ..self.key(format!("requests/{}/end", current.id), voice.t("floor-end"))
            });
        }
        keys.push(Key {
            fields: vec![("seconds", MINUTE.to_string())],
            letter: Some("m"),
            cap: Some("M"),
            ..self.key(format!("requests/{}/time", current.id), voice.t("floor-minute"))
        });
        keys
    }

    /// What is done for an item, not for each speaker.
    fn unusual(&self, floor: &View) -> Vec<Key> {
        let list = match floor.list_closed {
            true => ("list-open", "floor-list-open"),
            false => ("list-close", "floor-list-close"),
        };
        let goes = match floor.state {
            FloorState::Paused => ("resume", "floor-resume"),
            FloorState::Open | FloorState::Closed => ("pause", "floor-pause"),
        };
        [list, goes, ("close", "floor-close")]
            .into_iter()
            .map(|(act, label)| self.key(format!("floors/{}/{act}", floor.id), self.voice().t(label)))
            .collect()
    }

    /// A point of order that has the floor, and the last ruling with its appeal.
    fn points(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        let point = floor
            .current
            .as_ref()
            .filter(|line| line.kind == SpeechKind::PointOfOrder);
        if let Some(point) = point {
            parts.push(heading(voice.t("floor-point")));
            let id = point.id.to_string();
            let form = self.form(&id);
            let at = |finding: &str| self.at(format!("requests/{id}/{finding}"));
            let mut sheet = Sheet::new(at(Finding::WellTaken.code()), self.chrome.sends())
                .and(form.summary())
                .with(form.area("words", "floor-ruling-words").optional());
            for finding in [Finding::WellTaken, Finding::NotWellTaken, Finding::Noted] {
                sheet = sheet.or_does(at(finding.code()), voice.code("ruling-finding", finding.code()));
            }
            parts.push(Markup::of(&sheet));
        }
        let Some(last) = floor.rulings.first() else { return };
        parts.push(heading(voice.t("floor-rulings")));
        parts.push(ruled(voice, last));
        if last.state == RulingState::Appealed {
            parts.push(paragraph(voice.t1(
                "floor-appeal-asked",
                "name",
                last.appellant.clone(),
            )));
            let keys = ["floor-votes-for-appeal", "floor-votes-against-appeal"];
            parts.push(self.count(&format!("rulings/{}/vote", last.id), &last.id.to_string(), keys));
        }
    }

    /// The form that records votes counted by hand.
    fn count(&self, at: &str, of: &str, [votes_for, votes_against]: [&str; 2]) -> Markup {
        let form = self.form(of);
        let action = self.at(at);
        Markup::of(
            &Sheet::new(action.clone(), self.chrome.sends())
                .and(form.summary())
                .with(form.number("votes_for", votes_for).short())
                .with(form.number("votes_against", votes_against).short())
                .with(form.number("abstentions", "floor-abstentions").short())
                .or_does(action, self.voice().t("floor-count")),
        )
    }

    fn motions(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        let waits: Vec<_> = floor
            .motions
            .iter()
            .filter(|own| own.state == MotionState::Moved)
            .collect();
        if waits.is_empty() {
            return;
        }
        parts.push(heading(voice.t("floor-motions")));
        for own in waits {
            parts.push(moved(voice, own));
            if !own.is_in_hand {
                continue;
            }
            let keys = ["floor-votes-for", "floor-votes-against"];
            parts.push(self.count(&format!("motions/{}/vote", own.id), &own.id.to_string(), keys));
            let of = format!("out-{}", own.id);
            let action = self.at(format!("motions/{}/rule-out", own.id));
            let form = self.form(&of);
            let sheet = Sheet::new(action.clone(), self.chrome.sends())
                .and(form.summary())
                .with(form.area("reason", "floor-rule-out-words").optional())
                .or_does(action, voice.t("floor-rule-out"));
            parts.push(self.folded(&of, voice.t("floor-rule-out"), Markup::of(&sheet)));
        }
    }

    fn folded(&self, of: &str, label: String, sheet: Markup) -> Markup {
        Markup::of(&Change {
            id: format!("c-{of}"),
            label,
            is_open: self.is_back(of),
            sheet,
        })
    }

    fn queue(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let ending = floor.current.as_ref().map(|line| line.id);
        let lines = floor.queue.iter().enumerate().map(|(at, waiting)| {
            // To stand one place up is to stand after the one before the one before.
            let after = at.checked_sub(2).and_then(|at| floor.queue.get(at));
            QueueLine {
                change: Some(self.changed(waiting, ending, after)),
                ..line(voice, waiting)
            }
        });
        Markup::of(&Queue {
            voice: voice.clone(),
            lines: lines.collect(),
        })
    }

    /// What the chair may do with one who waits.
    fn changed(&self, waiting: &Waiting, ending: Option<RequestId>, after: Option<&Waiting>) -> Markup {
        let voice = self.voice();
        let id = waiting.line.id.to_string();
        let at = |act: &str| self.at(format!("requests/{id}/{act}"));
        let mut form = self.form(&id);
        if let Some(ending) = ending {
            form = form.with("ending", ending.to_string());
        }
        if let Some(after) = after.filter(|after| is_of_line(after)) {
            form = form.with("after", after.line.id.to_string());
        }
        let mut sheet = Sheet::new(at("call-one"), self.chrome.sends())
            .and(form.summary())
            .and(form.hidden("ending"))
            .and(form.hidden("after"))
            .with(form.text("reason", "floor-why").hint("floor-why-hint"));
        if is_of_line(waiting) {
            sheet = sheet
                .or_does(at("call-one"), voice.t("floor-call-one"))
                .or_does(at("first"), voice.t("floor-first"))
                .or_does(at("up"), voice.t("floor-up"));
        }
        sheet = sheet.or_does(at("remove"), voice.t("floor-remove"));
        let label = voice.t1("floor-change", "name", waiting.line.name.clone());
        self.folded(&id, label, Markup::of(&sheet))
    }

    fn waiting_to_be_admitted(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let lines = floor.to_admit.iter().map(|own| {
            let admit = self.key(format!("requests/{}/admit", own.id), voice.t("floor-admit"));
            let id = own.id.to_string();
            let form = self.form(&id);
            let action = self.at(format!("requests/{id}/remove"));
            let sheet = Sheet::new(action.clone(), self.chrome.sends())
                .and(form.summary())
                .with(form.text("reason", "floor-why").hint("floor-why-hint"))
                .or_does(action, voice.t("floor-remove"));
            let label = voice.t1("floor-change", "name", own.name.clone());
            let change = self.folded(&id, label, Markup::of(&sheet));
            QueueLine {
                change: Some(together([self.keys(vec![admit], false), change])),
                ..unplaced(voice, own)
            }
        });
        Markup::of(&Queue {
            voice: voice.clone(),
            lines: lines.collect(),
        })
    }

    /// Who was heard: by region, by gender, and all.
    fn balance(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let unknown = || voice.t("floor-balance-unknown");
        let keys = [
            "floor-balance-group",
            "floor-balance-speeches",
            "floor-balance-time",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        let group =
            |criterion: &str, name: String| format!("{}: {name}", voice.code("balance-criterion", criterion));
        let mut row = |name: String, speeches: i64, seconds: i64| {
            table.row([plain(name), plain(voice.count(speeches)), plain(minutes(seconds))]);
        };
        let all = &floor.balance;
        for share in &all.by_region {
            let name = region(voice, share.group.as_deref()).unwrap_or_else(unknown);
            row(group("region", name), share.speeches, share.seconds);
        }
        for share in &all.by_gender {
            let word = |code: &String| voice.code("speaker-gender", code);
            let name = share.group.as_ref().map_or_else(unknown, word);
            row(group("gender", name), share.speeches, share.seconds);
        }
        row(voice.t("floor-balance-all"), all.speeches, all.seconds);
        let firsts = format!(
            "{}: {}",
            voice.t("floor-balance-first"),
            voice.count(all.first_speeches)
        );
        together([Markup::of(&table), paragraph(firsts)])
    }

    fn arrangement(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let form = match self.is_back("arrangement") {
            true => self.form("arrangement"),
            false => FormView::filled(
                voice,
                &serde_json::json!({
                    "seconds": floor.limits.statement_seconds,
                    "speaking_order": floor.speaking_order,
                    "by_admission": floor.by_admission,
                }),
            )
            .within("f-arrangement"),
        };
        let action = self.at(format!("floors/{}/arrange", floor.id));
        let sheet = Sheet::new(action.clone(), self.chrome.edits(&floor.version))
            .and(form.summary())
            .with(
                form.number("seconds", "floor-seconds")
                    .hint("floor-seconds-hint")
                    .optional()
                    .short(),
            )
            .with(
                form.select(
                    "speaking_order",
                    "floor-open-order",
                    &Choice::codes::<SpeakingOrder>(voice, "speaking-order"),
                )
                .middle(),
            )
            .with(form.check("by_admission", "floor-by-admission"))
            .or_does(action, voice.t("floor-arrange"));
        self.folded("arrangement", voice.t("floor-arrangement"), Markup::of(&sheet))
    }
}

/// Why nobody can be called, where the page does not say it already.
fn held_up(floor: &View) -> Option<&str> {
    let code = floor.held_up.as_deref()?;
    (!["floor_paused", "floor_closed"].contains(&code)).then_some(code)
}

fn is_of_line(waiting: &Waiting) -> bool {
    let is_of_line = matches!(
        waiting.line.kind,
        SpeechKind::Statement | SpeechKind::RightOfReply
    );
    is_of_line && waiting.line.state == SpeechState::Queued
}

fn title_of(voice: &Voice, own: &AssemblyItemView) -> String {
    match &own.put {
        Some(put) => format!("{} {}", put.code, voice.said(&put.title).text),
        None => voice.said(&own.item.title).text,
    }
}
