//! What can differ between two releases, and what each difference means.

use std::collections::BTreeSet;

use crate::engine::vocabulary::{StepId, Text};

/// Everything that differs, in the order of the new release; what it lacks follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    pub program: Vec<ProgramFacet>,
    pub curricula: Vec<CurriculumChange>,
    pub steps: Vec<StepChange>,
}

/// What of a program is not as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProgramFacet {
    Name,
    Words,
    Cast,
    MentorAccepts,
    Checkpoints,
    Mail,
    Ends,
    Load,
    Gather,
    Metrics,
}

impl ProgramFacet {
    pub fn as_str(self) -> &'static str {
        match self {
            ProgramFacet::Name => "name",
            ProgramFacet::Words => "words",
            ProgramFacet::Cast => "cast",
            ProgramFacet::MentorAccepts => "mentor_accepts",
            ProgramFacet::Checkpoints => "checkpoints",
            ProgramFacet::Mail => "mail",
            ProgramFacet::Ends => "ends",
            ProgramFacet::Load => "load",
            ProgramFacet::Gather => "gather",
            ProgramFacet::Metrics => "metrics",
        }
    }
}

/// A curriculum, playbook or assessment that came, went or is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurriculumChange {
    pub name: String,
    pub title: Text,
    pub how: CurriculumHow,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurriculumHow {
    Added,
    Removed,
    /// Its title or summary.
    Words,
    /// Who may launch the playbook, and when it is offered.
    Launch,
    /// What the assessment rates.
    Dimensions,
}

impl CurriculumHow {
    pub fn as_str(self) -> &'static str {
        match self {
            CurriculumHow::Added => "added",
            CurriculumHow::Removed => "removed",
            CurriculumHow::Words => "words",
            CurriculumHow::Launch => "launch",
            CurriculumHow::Dimensions => "dimensions",
        }
    }
}

/// A step that came, went or is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepChange {
    pub step: StepId,
    pub title: Text,
    /// Where it stands; where it stood, if it is gone.
    pub curriculum: String,
    pub how: StepHow,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepHow {
    Added {
        /// As authors write them.
        days: String,
        /// A step that is gone and has much of the same words.
        perhaps_was: Option<StepId>,
        /// Its curriculum is a playbook: it comes only with a launch.
        in_playbook: bool,
    },
    Removed {
        perhaps_now: Option<StepId>,
    },
    /// At least one of these is not as it was.
    Changed {
        was: Option<StepId>,
        /// Days as authors write them, before and after.
        moved: Option<(String, String)>,
        from_curriculum: Option<String>,
        facets: Vec<StepFacet>,
    },
}

/// What of a step is not as it was, besides its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepFacet {
    Title,
    Body,
    Who,
    After,
    When,
    Each,
    Ask,
    Review,
    Report,
    VisibleTo,
    Effort,
    Remind,
    Meet,
    Source,
}

impl StepFacet {
    pub fn as_str(self) -> &'static str {
        match self {
            StepFacet::Title => "title",
            StepFacet::Body => "body",
            StepFacet::Who => "who",
            StepFacet::After => "after",
            StepFacet::When => "when",
            StepFacet::Each => "each",
            StepFacet::Ask => "ask",
            StepFacet::Review => "review",
            StepFacet::Report => "report",
            StepFacet::VisibleTo => "visible_to",
            StepFacet::Effort => "effort",
            StepFacet::Remind => "remind",
            StepFacet::Meet => "meet",
            StepFacet::Source => "source",
        }
    }
}

/// What a change means for a plan that is upgraded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// It joins the plan with its dates; if they have passed, it is late from the start.
    Joins,
    /// It comes to rounds of the playbook that are open, and to those launched afterwards.
    JoinsWithLaunch,
    /// Done steps keep their evidence; open ones leave the plan.
    Leaves,
    /// Done under the old name is done under the new one.
    KeepsWork,
    /// Open turns get new dates; done ones keep theirs.
    DatesMove,
    /// Whoever opens it reads the new words.
    Words,
    /// What was handed in stays; open ones are asked the new questions.
    Asks,
    /// An open step goes to somebody else; what was done stays with who did it.
    Hands,
    /// It may open earlier or later than before.
    Waits,
    /// A branch that was decided stays decided.
    Decides,
    /// Steps for members are added or leave; done ones stay.
    FansOut,
    /// What was handed in under the old rule keeps its readers.
    Readers,
    /// Open steps are meetings as the step says now.
    Meets,
    /// Hours and mail change; no work does.
    Load,
    /// Nothing.
    Nothing,
}

impl Meaning {
    pub fn as_str(self) -> &'static str {
        match self {
            Meaning::Joins => "joins",
            Meaning::JoinsWithLaunch => "joins_with_launch",
            Meaning::Leaves => "leaves",
            Meaning::KeepsWork => "keeps_work",
            Meaning::DatesMove => "dates_move",
            Meaning::Words => "words",
            Meaning::Asks => "asks",
            Meaning::Hands => "hands",
            Meaning::Waits => "waits",
            Meaning::Decides => "decides",
            Meaning::FansOut => "fans_out",
            Meaning::Readers => "readers",
            Meaning::Meets => "meets",
            Meaning::Load => "load",
            Meaning::Nothing => "nothing",
        }
    }
}

impl StepFacet {
    fn meaning(self) -> Meaning {
        match self {
            StepFacet::Title | StepFacet::Body => Meaning::Words,
            StepFacet::Who | StepFacet::Review => Meaning::Hands,
            StepFacet::After => Meaning::Waits,
            StepFacet::When => Meaning::Decides,
            StepFacet::Each => Meaning::FansOut,
            StepFacet::Ask => Meaning::Asks,
            StepFacet::VisibleTo => Meaning::Readers,
            StepFacet::Effort | StepFacet::Remind | StepFacet::Report => Meaning::Load,
            StepFacet::Meet => Meaning::Meets,
            StepFacet::Source => Meaning::Nothing,
        }
    }
}

impl StepHow {
    /// Each meaning once, the weightiest first.
    pub fn meanings(&self) -> Vec<Meaning> {
        match self {
            StepHow::Added { in_playbook: true, .. } => vec![Meaning::JoinsWithLaunch],
            StepHow::Added { .. } => vec![Meaning::Joins],
            StepHow::Removed { .. } => vec![Meaning::Leaves],
            StepHow::Changed { was, moved, facets, .. } => {
                let mut all: BTreeSet<Meaning> = facets.iter().map(|facet| facet.meaning()).collect();
                all.extend(was.as_ref().map(|_| Meaning::KeepsWork));
                all.extend(moved.as_ref().map(|_| Meaning::DatesMove));
                if all.len() > 1 || all.is_empty() {
                    all.remove(&Meaning::Nothing);
                }
                if all.is_empty() { vec![Meaning::Nothing] } else { all.into_iter().collect() }
            }
        }
    }
}

impl Diff {
    pub fn is_empty(&self) -> bool {
        self.program.is_empty() && self.curricula.is_empty() && self.steps.is_empty()
    }
}
