//! The sample company: who works there and who is whose.

pub const HR_NAME: &str = "吳雅雯 Yvonne Wu";
pub const HR_EMAIL: &str = "hr@demo.example";
