//! How a plan is called: by its program, and by its first day where the program alone does not say which
//! plan of its manager is meant.

use std::collections::BTreeMap;

use diesel_async::AsyncPgConnection;

use super::Error;
use super::worlds::{Library, PlanWorld};
use crate::engine::access::Scope;
use crate::engine::message::Message;
use crate::engine::vocabulary::PersonId;
use crate::store::plans;

/// What there is to be told apart.
#[derive(Debug, Clone, Default)]
pub struct Naming {
    /// How many plans of a manager have not ended.
    running: BTreeMap<PersonId, usize>,
    /// How many plans a manager has of a program.
    alike: BTreeMap<(PersonId, String), usize>,
}

impl Naming {
    /// How plans are called among these.
    pub fn among(worlds: &[PlanWorld]) -> Naming {
        let mut naming = Naming::default();
        for world in worlds {
            let manager = world.plan.cast.manager;
            *naming.alike.entry((manager, world.release.program.name.clone())).or_default() += 1;
            if world.plan.arranged.ended.is_none() {
                *naming.running.entry(manager).or_default() += 1;
            }
        }
        naming
    }

    /// The plan by its program.
    pub fn name(&self, world: &PlanWorld) -> Message {
        self.said(world, ["plan-name", "plan-name-from"])
    }

    /// As [`Naming::name`], where its manager has several running plans: else whoever hears of the manager
    /// knows which one is meant.
    pub fn apart(&self, world: &PlanWorld) -> Option<Message> {
        self.has_several(world).then(|| self.name(world))
    }

    /// The manager by name, and the plan as in [`Naming::apart`].
    pub fn whose(&self, world: &PlanWorld, manager: String) -> Message {
        let whose = if self.has_several(world) {
            self.said(world, ["mail-digest-whose-program", "mail-digest-whose-program-from"])
        } else {
            Message::new("mail-digest-whose")
        };
        whose.with("manager", manager)
    }

    fn has_several(&self, world: &PlanWorld) -> bool {
        self.running.get(&world.plan.cast.manager).is_some_and(|running| *running > 1)
    }

    fn said(&self, world: &PlanWorld, [plain, from]: [&'static str; 2]) -> Message {
        let program = &world.release.program;
        let of_program = self.alike.get(&(world.plan.cast.manager, program.name.clone()));
        if of_program.is_some_and(|plans| *plans > 1) {
            Message::new(from).with("program", program.title.clone()).with("from", world.first_day().date)
        } else {
            Message::new(plain).with("program", program.title.clone())
        }
    }
}

/// How a plan is called among those of its manager that the scope reaches.
///
/// # Errors
/// The database fails.
pub async fn name(conn: &mut AsyncPgConnection, scope: Scope, world: &PlanWorld) -> Result<Message, Error> {
    let plans = plans::of_manager(conn, scope, world.plan.cast.manager).await?;
    Ok(Naming::among(&Library::default().worlds(conn, plans).await?).name(world))
}
