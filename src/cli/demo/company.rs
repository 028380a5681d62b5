//! The sample company: who works there and who is whose.
//!
//! A trading house in Taipei with four sales teams. Nobody here is a real person, and `demo.example`
//! is nobody's domain.

use crate::app::people::NewPerson;
use crate::engine::vocabulary::Lang;

pub const HR_NAME: &str = "吳雅雯 Yvonne Wu";
pub const HR_EMAIL: &str = "hr@demo.example";

/// The calendar that all plans count in.
pub const CALENDAR: &str = "taiwan";

/// Somebody with an account.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    pub name: &'static str,
    pub email: &'static str,
    lang: Lang,
    zone: &'static str,
    calendar: &'static str,
    brief_hour: u8,
    is_hr: bool,
}

impl Account {
    const fn new(name: &'static str, email: &'static str, lang: Lang, brief_hour: u8) -> Account {
        Account { name, email, lang, zone: "Asia/Taipei", calendar: CALENDAR, brief_hour, is_hr: false }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub fn as_new_person(&self) -> NewPerson {
        NewPerson {
            name: self.name.to_owned(),
            email: self.email.to_owned(),
            lang: self.lang,
            zone: self.zone.to_owned(),
            calendar: self.calendar.to_owned(),
            brief_hour: self.brief_hour,
            is_hr: self.is_hr,
        }
    }
}

/// A new manager with the people around them, and the file that tells what they do.
#[derive(Debug, Clone, Copy)]
pub struct Team {
    pub manager: Account,
    pub superior: Account,
    /// Whoever HR asks to be the mentor.
    pub mentor: Account,
    /// On which working day of the plan today is.
    pub reached: u16,
    /// Name and position.
    pub members: &'static [(&'static str, &'static str)],
    pub script: Script,
}

/// An embedded file, with its name for whoever has to mend it.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    pub file: &'static str,
    pub text: &'static str,
}

pub const HR: Account = Account { is_hr: true, ..Account::new(HR_NAME, HR_EMAIL, Lang::ZhTw, 8) };

const VINCENT: Account = Account::new("張文傑 Vincent Chang", "vincent.chang@demo.example", Lang::ZhTw, 8);
const OLIVIA: Account = Account::new("許雅琪 Olivia Hsu", "olivia.hsu@demo.example", Lang::En, 8);

const KEVIN: Account = Account::new("林國棟 Kevin Lin", "kevin.lin@demo.example", Lang::ZhTw, 9);
const MEILING: Account = Account::new("周美玲", "meiling.chou@demo.example", Lang::ZhTw, 8);
/// Sits in Singapore, whose holidays no shipped file lists.
const PRIYA: Account = Account {
    zone: "Asia/Singapore",
    calendar: "weekdays",
    ..Account::new("Priya Raman", "priya.raman@demo.example", Lang::En, 9)
};

/// Everybody who is there before the first new manager.
pub const STAFF: [Account; 6] = [HR, VINCENT, OLIVIA, KEVIN, MEILING, PRIYA];

pub const TEAMS: [Team; 4] = [
    // Components for factory automation; near the end of the three months, and doing well.
    Team {
        manager: Account::new("陳怡君 Grace Chen", "grace.chen@demo.example", Lang::ZhTw, 8),
        superior: VINCENT,
        mentor: KEVIN,
        reached: 60,
        members: &[
            ("劉建宏", "資深業務工程師"),
            ("蔡宜庭", "業務工程師"),
            ("鄭凱文 Kevin Cheng", "業務工程師"),
            ("謝佳穎", "業務工程師"),
            ("洪志豪", "業務專員"),
            ("賴思妤", "業務助理"),
        ],
        script: Script { file: "evidence/automation.json", text: include_str!("evidence/automation.json") },
    },
    // Software for shops and restaurants; clearly behind.
    Team {
        manager: Account::new("Daniel Lin 林柏翰", "daniel.lin@demo.example", Lang::En, 9),
        superior: OLIVIA,
        mentor: PRIYA,
        reached: 28,
        members: &[
            ("Jasmine Yeh", "Account executive"),
            ("邱俊傑 Jason Chiu", "Senior account executive"),
            ("Marcus Tan", "Account executive"),
            ("彭郁婷 Tina Peng", "Customer success representative"),
            ("Ryan Hsieh", "Sales development representative"),
        ],
        script: Script { file: "evidence/software.json", text: include_str!("evidence/software.json") },
    },
    // Medical devices for clinics and hospitals; in the middle of the interviews.
    Team {
        manager: Account::new("黃冠廷", "kuanting.huang@demo.example", Lang::ZhTw, 8),
        superior: VINCENT,
        mentor: MEILING,
        reached: 9,
        members: &[
            ("葉淑芬", "資深醫療業務代表"),
            ("江承翰", "醫療業務代表"),
            ("何品妍", "臨床應用專員"),
            ("Peter Su 蘇彥廷", "醫療業務代表"),
            ("簡子晴", "業務助理"),
        ],
        script: Script { file: "evidence/medical.json", text: include_str!("evidence/medical.json") },
    },
    // Packaging for food exporters; the first day, and the mentor has not answered yet.
    Team {
        manager: Account::new("蔡佩珊 Emily Tsai", "emily.tsai@demo.example", Lang::En, 8),
        superior: OLIVIA,
        mentor: KEVIN,
        reached: 1,
        members: &[
            ("Anita Lo 羅安琪", "Key account executive"),
            ("高偉倫 William Kao", "Regional sales, north"),
            ("Sophie Fan", "Regional sales, central"),
            ("潘俊宇", "Regional sales, south"),
            ("Ethan Shih", "Export sales"),
            ("杜雅筑", "Export sales"),
            ("Nina Kuo", "Sales support"),
            ("游家豪", "Sample and packaging engineer"),
        ],
        script: Script { file: "evidence/packaging.json", text: include_str!("evidence/packaging.json") },
    },
];
