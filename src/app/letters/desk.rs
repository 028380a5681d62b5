//! What every letter is written with: its reader, the moment, and the links that it carries.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{ActLink, Body, Composed, Letter};
use crate::app::moment::Token;
use crate::app::worlds::{Library, PlanWorld};
use crate::app::{Error, Moment};
use crate::engine::access::Actor;
use crate::engine::calendar::Calendar;
use crate::engine::mail::{Quiet, Topic, leaves_at};
use crate::engine::vocabulary::PlanId;
use crate::engine::zone::{local_date, start_of};
use crate::store::links::{Item, NewLink, Purpose, ReportAct, Said, StepAct, StepLink};
use crate::store::outbox::{self, Claimed, Kind};
use crate::store::people::Person;
use crate::store::pool::Tx;
use crate::store::{bounced, meetings, stopped};

pub(super) struct Desk<'a> {
    pub claimed: &'a Claimed,
    pub person: Person,
    /// Of the plan that the letter is about.
    pub world: Option<Rc<PlanWorld>>,
    pub library: &'a mut Library,
    pub base_url: &'a str,
    pub moment: &'a Moment,
    /// What an answer to the letter may mean, by number.
    pub items: Vec<Item>,
    links: Vec<NewLink>,
}

impl<'a> Desk<'a> {
    pub async fn open(
        tx: &mut Tx,
        claimed: &'a Claimed,
        person: Person,
        base_url: &'a str,
        moment: &'a Moment,
        library: &'a mut Library,
    ) -> Result<Desk<'a>, Error> {
        let world = match claimed.plan {
            Some(plan) => Some(Rc::new(library.find(tx, Actor::Program.scope(), plan).await?)),
            None => None,
        };
        let (items, links) = (Vec::new(), Vec::new());
        Ok(Desk { claimed, person, world, library, base_url, moment, items, links })
    }

    /// The days on which the reader works.
    pub async fn calendar(&mut self, tx: &mut Tx) -> Result<Rc<Calendar>, Error> {
        self.library.calendar(tx, &self.person.calendar).await
    }

    /// The day on the reader's wall.
    pub fn today(&self) -> NaiveDate {
        local_date(self.moment.now, self.person.zone)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The secret of a new link of the reader's.
    pub fn link(&mut self, purpose: Purpose) -> String {
        self.keep(self.moment.token(), purpose)
    }

    fn keep(&mut self, token: Token, purpose: Purpose) -> String {
        self.links.push(NewLink { token_hash: token.hash, person: self.person.id, purpose });
        token.secret
    }

    /// What one press does to a step.
    pub fn step_act(&mut self, on: &StepLink) -> ActLink {
        let secret = self.link(Purpose::Step(on.clone()));
        ActLink { act: on.act.as_str(), url: self.url(&format!("/act/{secret}")) }
    }

    /// Both answers to a report.
    pub fn report_acts(&mut self, plan: PlanId, day: u16) -> Vec<ActLink> {
        self.items.push(Item::Report { plan, day });
        [ReportAct::Seen, ReportAct::Talk]
            .into_iter()
            .map(|act| {
                let secret = self.link(Purpose::Report { plan, day, act });
                ActLink { act: act.as_str(), url: self.url(&format!("/act/{secret}")) }
            })
            .collect()
    }

    /// Adds a step to what an answer may mean, and gives its number.
    pub fn number(&mut self, plan: PlanId, on: &StepLink) -> usize {
        let (step, seen) = (on.step.clone(), on.seen);
        self.items.push(match on.act {
            StepAct::Answer(_) => Item::Reading { plan, step, seen },
            act => Item::Step { plan, step, seen, reviews: matches!(act, StepAct::Accept | StepAct::Return) },
        });
        self.items.len()
    }

    /// Why the letter is not written now, whatever it would say.
    pub async fn reason_not_to(&mut self, tx: &mut Tx) -> Result<Option<Composed>, Error> {
        let kind = self.claimed.kind;
        if kind == Kind::SignIn {
            return Ok(None); // they wait for it, and asked for it
        }
        if bounced::find(tx, &self.person.email).await?.is_some() {
            return Ok(Some(Composed::Held("bounced")));
        }
        if kind == Kind::Answer {
            return Ok(None); // they have just written
        }
        if kind == Kind::Brief && self.claimed.for_day != Some(self.today()) {
            return Ok(Some(Composed::Unneeded("past"))); // yesterday's brief: today's says it
        }
        let world = self.world.clone();
        let policy = world.as_ref().map(|world| &world.release.program.mail);
        if let Some(put_off) = self.hour(tx, policy.map_or_else(Quiet::default, |policy| policy.quiet)).await? {
            return Ok(Some(put_off));
        }
        if let Some(topic) = stops_whole(kind)
            && stopped::is_stopped(tx, self.person.id, topic).await?
        {
            return Ok(Some(Composed::Unneeded("stopped")));
        }
        let most = policy.map_or(0, |policy| policy.urgent_a_day);
        if kind.is_urgent() && self.urgent_today(tx).await? >= i64::from(most) {
            return Ok(Some(Composed::Unneeded("budget")));
        }
        Ok(None)
    }

    /// Why a letter had nothing to say.
    pub async fn why_nothing(&self, tx: &mut Tx) -> Result<&'static str, Error> {
        let holds_streams = matches!(self.claimed.kind, Kind::Brief | Kind::Digest);
        let has_stopped = holds_streams && !stopped::of(tx, self.person.id).await?.is_empty();
        Ok(if has_stopped { "nothing_else" } else { "nothing" })
    }

    /// Nobody is written to at night or on a day off; what the brief says anyway is left to it.
    async fn hour(&mut self, tx: &mut Tx, quiet: Quiet) -> Result<Option<Composed>, Error> {
        let now = self.moment.now;
        let calendar = self.calendar(tx).await?;
        let is_working = |day| calendar.is_working(day);
        let at = leaves_at(now, self.person.brief_hour, self.person.zone, quiet, is_working);
        let at = at.unwrap_or(now + TimeDelta::days(1));
        if at <= now || self.is_pressing(tx, at).await? {
            return Ok(None);
        }
        if self.claimed.kind.is_urgent() {
            return Ok(Some(Composed::Unneeded("brief_says")));
        }
        let why = if is_working(self.today()) { "quiet" } else { "day_off" };
        Ok(Some(Composed::Later(at, why)))
    }

    /// News of a meeting that would come after it.
    async fn is_pressing(&self, tx: &mut Tx, next: DateTime<Utc>) -> Result<bool, Error> {
        match self.claimed.meeting {
            Some(meeting) => {
                let agreed = meetings::find(tx, meeting).await?.and_then(|meeting| meeting.agreed);
                Ok(agreed.is_some_and(|agreed| agreed.at < next + TimeDelta::hours(2)))
            }
            None => Ok(false),
        }
    }

    async fn urgent_today(&self, tx: &mut Tx) -> Result<i64, Error> {
        let since = start_of(self.today(), self.person.zone);
        Ok(outbox::urgent_since(tx, self.person.id, since, self.claimed.id).await?)
    }

    /// The letter; its links are to be kept before it leaves.
    pub fn send(mut self, body: Body, links: &mut Vec<NewLink>) -> Composed {
        let topic = topic(&body);
        let stop = topic.map(|topic| self.link(Purpose::Unsubscribe { topic }));
        let said = Said { topic, items: std::mem::take(&mut self.items) };
        let (back, answer) = self.moment.letter_tokens();
        let token = self.keep(answer, Purpose::Letter { letter: self.claimed.id, said });
        links.append(&mut self.links);
        Composed::Letter(Box::new(Letter {
            thread: thread(self.claimed, &body, self.today()),
            to_name: self.person.name,
            to_email: self.person.email,
            lang: self.person.lang,
            zone: self.person.zone,
            dedup_key: self.claimed.dedup_key.clone(),
            topic,
            stop,
            token,
            back,
            body,
        }))
    }
}

/// The topic with which all of a kind stops. A brief and a digest can turn into something else.
fn stops_whole(kind: Kind) -> Option<Topic> {
    match kind {
        Kind::Returned => Some(Topic::Reminders),
        Kind::Review | Kind::Gate | Kind::MentorSilent => Some(Topic::Queue),
        Kind::Report | Kind::Checkpoint => Some(Topic::Reports),
        _ => None,
    }
}

fn topic(body: &Body) -> Option<Topic> {
    match body {
        Body::Brief(_) | Body::Returned(_) => Some(Topic::Reminders),
        Body::Escalation(_) | Body::Review(_) | Body::Gate(_) | Body::MentorSilent(_) => Some(Topic::Queue),
        Body::Report(_) | Body::Checkpoint(_) => Some(Topic::Reports),
        Body::Digest(_) => Some(Topic::Digest),
        // A question, an appointment or a farewell: there is no stream of them to stop.
        Body::Welcome(_)
        | Body::MentorRequest(_)
        | Body::Graduation(_)
        | Body::Proposal(_)
        | Body::Meeting(_)
        | Body::Answer(_)
        | Body::SignIn(_) => None,
    }
}

/// What a letter stands in a thread with. The key names what is common; no letter need have it itself.
fn thread(claimed: &Claimed, body: &Body, today: NaiveDate) -> Option<String> {
    let plan = || claimed.plan.map(|plan| plan.to_string()).unwrap_or_default();
    let step = || claimed.step.as_ref().map(ToString::to_string).unwrap_or_default();
    match claimed.kind {
        Kind::Brief => {
            let monday = today.week(chrono::Weekday::Mon).first_day();
            // Its subject is another one, and a conversation has one.
            let what = if matches!(body, Body::Escalation(_)) { "late" } else { "week" };
            Some(format!("{what}:{}:{monday}", claimed.person))
        }
        Kind::Returned | Kind::Review | Kind::Gate | Kind::Report => {
            Some(format!("{}:{}:{}", claimed.kind.as_str(), plan(), step()))
        }
        Kind::MentorRequest | Kind::MentorReminder => Some(format!("mentor:{}:{}", plan(), claimed.person)),
        Kind::Proposal | Kind::Meeting => claimed.meeting.map(|meeting| format!("meeting:{meeting}")),
        _ => None,
    }
}
