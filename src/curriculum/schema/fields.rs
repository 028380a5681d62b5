//! What a step asks for.

#![expect(dead_code, reason = "only the shapes are used")]

use schemars::JsonSchema;

use super::{Condition, Name, Text, words};

/// A field, or the fields of a form by its name.
#[derive(JsonSchema)]
#[schemars(untagged)]
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

/// Puts a named form's fields here.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Use {
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
            /// The field's permanent name in its form.
            pub id: Name,
            #[schemars(rename = "type")]
            pub kind: $type,
            /// The question, one line.
            pub label: Text,
            /// More about it.
            pub help: Option<Text>,
            /// True when it is left out.
            pub required: Option<bool>,
            /// Asked only if this holds, over this.<field> of the same form.
            pub when: Option<Condition>,
            $($(#[$more])* pub $key: $kind,)*
        }
    )*};
}

field! {
    /// One line.
    TextField: TextType {
        example: Option<Text>,
        /// Characters; 1 when it is left out.
        #[schemars(range(min = 0, max = 500))]
        min: Option<u32>,
        /// Characters; 200 when it is left out.
        #[schemars(range(min = 1, max = 500))]
        max: Option<u32>,
    }
    /// Paragraphs.
    LongTextField: LongTextType {
        example: Option<Text>,
        /// Characters; 1 when it is left out.
        #[schemars(range(min = 0, max = 20000))]
        min: Option<u32>,
        /// Characters; 8000 when it is left out.
        #[schemars(range(min = 1, max = 20000))]
        max: Option<u32>,
    }
    /// One of several options.
    ChoiceField: ChoiceType {
        #[schemars(length(min = 1, max = 50))]
        options: Vec<Choice>,
    }
    /// Any of several options.
    SeveralField: SeveralType {
        #[schemars(length(min = 1, max = 50))]
        options: Vec<Choice>,
        /// How many at least; 1 when it is left out and the field is required.
        min: Option<u16>,
        /// How many at most; all when it is left out.
        #[schemars(range(min = 1))]
        max: Option<u16>,
    }
    /// A value from a row of whole numbers.
    ScaleField: ScaleType {
        /// 1 when it is left out.
        min: Option<i32>,
        /// 5 when it is left out.
        max: Option<i32>,
        /// What the least means.
        low: Option<Text>,
        /// What the most means.
        high: Option<Text>,
    }
    /// A number with at most three digits after the point.
    NumberField: NumberType {
        min: Option<f64>,
        max: Option<f64>,
        unit: Option<Text>,
    }
    /// A date.
    DateField: DateType {}
    /// Somebody from the roster.
    PersonField: PersonType {}
    /// Rows.
    TableField: TableType {
        #[schemars(length(min = 1, max = 12))]
        columns: Vec<Column>,
        rows: Option<Rows>,
    }
    /// A goal in five parts: specific, measurable, achievable, relevant, time-bound.
    SmartField: SmartType {
        example: Option<Text>,
    }
    /// Several dimensions on one scale.
    RatingField: RatingType {
        #[schemars(length(min = 1))]
        dimensions: Vec<Dimension>,
        /// 1 when it is left out.
        min: Option<i32>,
        /// 5 when it is left out.
        max: Option<i32>,
        /// Whether "not observed" is an answer; true when it is left out.
        not_observed: Option<bool>,
        /// A line beside each dimension; optional when it is left out.
        notes: Option<Notes>,
        /// How many dimensions must be rated; 1 when it is left out.
        #[schemars(range(min = 1))]
        at_least: Option<u16>,
    }
    /// One upload: pdf, image, office document, text or csv.
    FileField: FileType {
        /// 5 when it is left out.
        #[schemars(range(min = 1, max = 10))]
        max_mb: Option<u16>,
    }
    /// An http or https address.
    LinkField: LinkType {}
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Choice {
    pub id: Name,
    pub label: Text,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Column {
    Plain(PlainColumn),
    Choice(ChoiceColumn),
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PlainColumn {
    pub id: Name,
    #[schemars(rename = "type")]
    pub kind: PlainColumnType,
    pub label: Text,
    /// True when it is left out.
    pub required: Option<bool>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChoiceColumn {
    pub id: Name,
    #[schemars(rename = "type")]
    pub kind: ChoiceType,
    pub label: Text,
    /// True when it is left out.
    pub required: Option<bool>,
    #[schemars(length(min = 1, max = 50))]
    pub options: Vec<Choice>,
}

/// How many rows; 1 to 20 when it is left out.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rows {
    #[schemars(range(min = 1, max = 200))]
    pub min: Option<u16>,
    #[schemars(range(min = 1, max = 200))]
    pub max: Option<u16>,
}

/// One side that is rated.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Dimension {
    pub id: Name,
    /// The line of the content map.
    pub source: Option<String>,
    pub label: Text,
    pub help: Option<Text>,
    /// What the least means.
    pub low: Option<Text>,
    /// What the middle means.
    pub middle: Option<Text>,
    /// What the most means.
    pub high: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ScaleEnds {
    pub min: Option<i32>,
    pub max: Option<i32>,
}
