//! What a step asks for. What the keys say here is what editors show and what the tables of the author's
//! guide are made of.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::texts::{Line, Note};
use super::{Beginning, Condition, Name, words};
use crate::curriculum::lower::MAX_LISTED;
use crate::curriculum::scalar::MAX_LINE;

/// A field, or the fields of a form by its name.
#[derive(JsonSchema)]
#[schemars(untagged, title = "field")]
pub enum Ask {
    Use(Use),
    Text(TextField),
    LongText(LongTextField),
    Choice(ChoiceField),
    Several(SeveralField),
    Scale(ScaleField),
    Number(NumberField),
    Date(DateField),
    Person(PersonField),
    Table(TableField),
    Smart(SmartField),
    Rating(RatingField),
    File(FileField),
    Link(LinkField),
}

/// The fields of a form.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Use {
    /// The name of a form; its fields are asked here.
    #[schemars(rename = "use")]
    pub form: Name,
}

words! {
    TextType = "text",
    LongTextType = "long_text",
    ChoiceType = "choice",
    SeveralType = "several",
    ScaleType = "scale",
    NumberType = "number",
    DateType = "date",
    PersonType = "person",
    TableType = "table",
    SmartType = "smart",
    RatingType = "rating",
    FileType = "file",
    LinkType = "link",
    PlainColumnType = "text" | "number" | "date" | "person",
    Notes = "none" | "optional" | "required",
}

macro_rules! field {
    ($($(#[$doc:meta])* $name:ident: $type:ty { $($(#[$more:meta])* $key:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            /// The field's permanent name, unique in its step.
            pub id: Name,
            /// What kind of answer it takes.
            #[schemars(rename = "type")]
            pub kind: $type,
            /// The question.
            pub label: Line,
            /// More about it, shown under the question.
            pub help: Option<Note>,
            /// Whether it must be answered. Default: `true`.
            pub required: Option<bool>,
            /// The field is asked only while this holds, over answers above it in the same form:
            /// `this.needed == "yes"`.
            pub when: Option<Condition>,
            /// What stands in it when the form is opened for the first time: the newest answer of a step
            /// (`some_step.some_field`; in words a figure and the one before it), or, in words, `done`:
            /// what was done since this step was handed in last, `late`: what is late, `gaps`: where the
            /// raters of assessments are furthest apart.
            pub begin: Option<Beginning>,
            $($(#[$more])* pub $key: $kind,)*
        }
    )*};
}

field! {
    /// One line.
    TextField: TextType {
        /// An answer as you would like it, shown beside the field.
        example: Option<Note>,
        /// The fewest characters. Default: 1.
        #[schemars(range(min = 0, max = 500))]
        min: Option<u32>,
        /// The most characters. Default: 200.
        #[schemars(range(min = 1, max = 500))]
        max: Option<u32>,
    }
    /// Paragraphs.
    LongTextField: LongTextType {
        /// An answer as you would like it, shown beside the field.
        example: Option<Note>,
        /// The fewest characters. Default: 1.
        #[schemars(range(min = 0, max = 20000))]
        min: Option<u32>,
        /// The most characters. Default: 8000.
        #[schemars(range(min = 1, max = 20000))]
        max: Option<u32>,
    }
    /// One of several options.
    ChoiceField: ChoiceType {
        /// What can be chosen.
        #[schemars(length(min = 1, max = 50))]
        options: Vec<Choice>,
    }
    /// Any of several options.
    SeveralField: SeveralType {
        /// What can be chosen.
        #[schemars(length(min = 1, max = 50))]
        options: Vec<Choice>,
        /// The fewest that must be chosen. Default: 1 if the field is required, otherwise 0.
        min: Option<u32>,
        /// The most that may be chosen. Default: all.
        max: Option<u32>,
    }
    /// A value from a row of whole numbers, at most 20 of them.
    ScaleField: ScaleType {
        /// The lowest value. Default: 1.
        #[schemars(range(min = -1000, max = 1000))]
        min: Option<i32>,
        /// The highest value. Default: 5.
        #[schemars(range(min = -1000, max = 1000))]
        max: Option<i32>,
        /// What the lowest value means. No names can be filled in here.
        low: Option<Line>,
        /// What the highest value means. No names can be filled in here.
        high: Option<Line>,
    }
    /// A number with at most three digits after the point.
    NumberField: NumberType {
        /// The lowest number. Default: no limit.
        min: Option<f64>,
        /// The highest number. Default: no limit.
        max: Option<f64>,
        /// What is counted, such as %. No names can be filled in here.
        unit: Option<Line>,
    }
    /// A date. Days can be counted from it: `some_step.some_field+3`.
    DateField: DateType {}
    /// Somebody from the roster.
    PersonField: PersonType {}
    /// Rows under columns.
    TableField: TableType {
        /// The columns.
        #[schemars(length(min = 1, max = 12))]
        columns: Vec<Column>,
        /// How many rows. Default: 1 to 20.
        rows: Option<Rows>,
        /// Its rows are not typed: each stands for a turn of other steps, until it is over.
        of: Option<EntriesOf>,
    }
    /// A goal in five parts: specific, measurable, achievable, relevant, time-bound. All five are needed,
    /// with a number in "measurable" and a date.
    SmartField: SmartType {
        /// A goal as you would like it, shown beside the field.
        example: Option<Note>,
    }
    /// A value on one scale for each of several dimensions, or "not observed".
    RatingField: RatingType {
        /// What is rated.
        #[schemars(length(min = 1, max = 30))]
        dimensions: Vec<Dimension>,
        /// The lowest value. Default: 1.
        #[schemars(range(min = -1000, max = 1000))]
        min: Option<i32>,
        /// The highest value. Default: 5.
        #[schemars(range(min = -1000, max = 1000))]
        max: Option<i32>,
        /// Whether "not observed" may be the answer. Default: `true`.
        not_observed: Option<bool>,
        /// A line of text beside each dimension; `required` asks for it where a value was given. Default:
        /// `optional`.
        notes: Option<Notes>,
        /// How many dimensions need a value; the others may be "not observed". At most as many as there
        /// are. Default: 1.
        #[schemars(range(min = 1))]
        at_least: Option<u32>,
    }
    /// One upload: pdf, image, office document, text or csv.
    FileField: FileType {
        /// The most megabytes. Default: 5.
        #[schemars(range(min = 1, max = 10))]
        max_mb: Option<u32>,
    }
    /// An address that begins with http or https.
    LinkField: LinkType {}
}

/// An option.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "option")]
pub struct Choice {
    /// The option's permanent name; conditions compare it as text.
    pub id: Name,
    /// What the page shows.
    pub label: Line,
}

#[derive(JsonSchema)]
#[schemars(untagged, title = "column")]
pub enum Column {
    Plain(PlainColumn),
    Choice(ChoiceColumn),
}

/// A column.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "column")]
pub struct PlainColumn {
    /// The column's permanent name.
    pub id: Name,
    /// What its cells hold.
    #[schemars(rename = "type")]
    pub kind: PlainColumnType,
    /// The column's heading.
    pub label: Line,
    /// Whether each row must fill it. Default: `true`.
    pub required: Option<bool>,
}

/// A column of options.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "column")]
pub struct ChoiceColumn {
    /// The column's permanent name.
    pub id: Name,
    /// What its cells hold.
    #[schemars(rename = "type")]
    pub kind: ChoiceType,
    /// The column's heading.
    pub label: Line,
    /// Whether each row must fill it. Default: `true`.
    pub required: Option<bool>,
    /// What can be chosen, in a column of the type `choice`.
    #[schemars(length(min = 1, max = 50))]
    pub options: Vec<Choice>,
}

/// What the rows of a table stand for, such as everything that was handed over. Who reads the table must
/// be able to read these steps.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "entries")]
pub struct EntriesOf {
    /// Each turn of these steps that was handed in is a row.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub steps: Vec<Name>,
    /// Their field that says what it is about, a text; it stands at the head of the row.
    pub about: Name,
    /// When a row is over and comes no more. Default: never.
    pub until: Option<EntriesUntil>,
}

/// A row is over once a column of the table is answered so.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EntriesUntil {
    /// A column of this table, of the type `choice`.
    pub column: Name,
    /// Its options that end a row.
    #[schemars(length(min = 1, max = MAX_LISTED))]
    pub is: Vec<Name>,
}

/// How many rows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rows {
    /// The fewest rows. Default: 1.
    #[schemars(range(min = 1, max = 200))]
    pub min: Option<u32>,
    /// The most rows. Default: 20.
    #[schemars(range(min = 1, max = 200))]
    pub max: Option<u32>,
}

/// One side that is rated.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "dimension")]
pub struct Dimension {
    /// The dimension's permanent name.
    pub id: Name,
    /// What it is drawn from, such as a line of your content map.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub source: Option<String>,
    /// What is rated.
    pub label: Line,
    /// More about it.
    pub help: Option<Note>,
    /// What the lowest value means.
    pub low: Option<Line>,
    /// What a value in the middle means.
    pub middle: Option<Line>,
    /// What the highest value means.
    pub high: Option<Line>,
}

/// The lowest and the highest value; at most 20 values.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ScaleEnds {
    /// The lowest value. Default: 1.
    #[schemars(range(min = -1000, max = 1000))]
    pub min: Option<i32>,
    /// The highest value. Default: 5.
    #[schemars(range(min = -1000, max = 1000))]
    pub max: Option<i32>,
}
