//! Bounces and complaints as servers write them.

use super::*;

const LETTER: &str = "aaaabbbbccccddddaaaabbbbccccdddd@plans.company.example";

fn only(bounce: &Bounce) -> &Recipient {
    assert_eq!(bounce.recipients.len(), 1);
    &bounce.recipients[0]
}

#[test]
fn postfix_names_a_person_that_it_does_not_know() {
    let bounce = bounce("bounce-postfix-unknown-user");
    let expected = Recipient {
        last: Some("grace@company.example".to_owned()),
        original: Some("grace@company.example".to_owned()),
        action: Action::Failed,
        status: Some(Status { class: 5, subject: 1, detail: 1 }),
        diagnostic: Some(
            "smtp; 550 5.1.1 <grace@company.example>: Recipient address rejected: User unknown in local recipient table"
                .to_owned(),
        ),
    };
    assert_eq!(only(&bounce), &expected);
    assert_eq!(bounce.original_message_id.as_deref(), Some(LETTER));
    assert_eq!(bounce.verdict(), Verdict::Address);
}

#[test]
fn what_waits_or_gave_up_waiting_may_work_later() {
    assert_eq!(bounce("bounce-postfix-delayed").verdict(), Verdict::Later);
    assert_eq!(only(&bounce("bounce-postfix-delayed")).action, Action::Delayed);
    assert_eq!(bounce("bounce-postfix-expired").verdict(), Verdict::Later);
}

#[test]
fn each_of_several_recipients_has_a_verdict_and_the_worst_is_the_bounces() {
    let bounce = bounce("bounce-postfix-several");
    let verdicts: Vec<Verdict> = bounce.recipients.iter().map(Recipient::verdict).collect();
    assert_eq!(verdicts, [Verdict::Delivered, Verdict::Other, Verdict::Address]);
    assert_eq!(bounce.verdict(), Verdict::Address);
}

#[test]
fn exchange_is_read_by_codes_under_a_subject_in_chinese() {
    assert_eq!(bounce("bounce-exchange-unknown-user").verdict(), Verdict::Address);
    assert_eq!(bounce("bounce-exchange-never-was").verdict(), Verdict::Address);
    assert_eq!(bounce("bounce-exchange-policy").verdict(), Verdict::Policy);
}

#[test]
fn gmail_reports_inside_nested_parts() {
    let unknown = bounce("bounce-gmail-unknown-user");
    assert_eq!(unknown.verdict(), Verdict::Address);
    assert_eq!(unknown.original_message_id.as_deref(), Some(LETTER));
    assert_eq!(bounce("bounce-gmail-full").verdict(), Verdict::Other);
}

#[test]
fn a_forwarder_tells_both_addresses_and_the_code_in_its_diagnostic() {
    let bounce = bounce("bounce-forwarder");
    let recipient = only(&bounce);
    assert_eq!(recipient.last.as_deref(), Some("grace.chen.home@mailbox.example"));
    assert_eq!(recipient.original.as_deref(), Some("grace@club.example"));
    assert_eq!(bounce.verdict(), Verdict::Address);
    assert_eq!(bounce.original_message_id.as_deref(), Some(LETTER));
}

#[test]
fn exim_reports_with_and_without_a_report() {
    assert_eq!(bounce("bounce-exim").verdict(), Verdict::Address);
    let bare = bounce("bounce-exim-bare");
    assert_eq!(only(&bare).last.as_deref(), Some("grace@company.example"));
    assert_eq!(bare.verdict(), Verdict::Other);
}

#[test]
fn sendmail_reports_a_policy_with_a_remark_behind_its_code() {
    assert_eq!(bounce("bounce-sendmail").verdict(), Verdict::Policy);
}

#[test]
fn a_silent_host_is_not_an_address_that_never_was() {
    let of = |status: &str, diagnostic: &str| {
        let text = format!(
            "From: m@x.example\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.example\nAction: failed\nStatus: {status}\n{diagnostic}\n--x--\n"
        );
        match read(text.as_bytes(), OURS).kind {
            Kind::Bounce(bounce) => bounce.verdict(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(of("5.4.1", "Diagnostic-Code: smtp; 554 5.4.1 no answer from host"), Verdict::Other);
    assert_eq!(of("5.4.1", ""), Verdict::Address);
    assert_eq!(of("5.1.8", "Diagnostic-Code: smtp; 550 5.1.8 bad sender"), Verdict::Policy);
    assert_eq!(of("5.0.0", ""), Verdict::Other);
    assert_eq!(of("nonsense", ""), Verdict::Other);
}

#[test]
fn recipients_are_apart_where_the_empty_line_holds_a_space() {
    let text = "From: m@x.example\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n \nFinal-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n \nFinal-Recipient: rfc822; b@x.example\nStatus: 4.2.0\n--x--\n";
    let Kind::Bounce(bounce) = read(text.as_bytes(), OURS).kind else { panic!("a bounce") };
    let verdicts: Vec<Verdict> = bounce.recipients.iter().map(Recipient::verdict).collect();
    assert_eq!(verdicts, [Verdict::Address, Verdict::Later]);
}

#[test]
fn a_report_without_its_part_is_unreadable_and_no_answer() {
    let mail = "From: m@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\ndone\n--x--\n";
    assert_eq!(read(mail.as_bytes(), OURS).kind, Kind::Unreadable);
}

#[test]
fn a_complaint_is_known_by_our_addresses_when_the_person_is_blacked_out() {
    let Kind::Complaint(complaint) = incoming("complaint-yahoo").kind else { panic!("a complaint") };
    assert_eq!(complaint.feedback, Feedback::Abuse);
    assert_eq!(complaint.mail_from, Some(format!("reply+b-{TOKEN}@plans.company.example")));
    assert_eq!(complaint.original_message_id.as_deref(), Some(LETTER));
    let purposes: Vec<Purpose> = complaint.addresses.iter().map(|address| address.purpose).collect();
    assert_eq!(purposes, [Purpose::Bounce, Purpose::Answer, Purpose::Unsubscribe]);
    assert!(complaint.addresses.iter().all(|address| address.token.as_deref() == Some(TOKEN)));
}

#[test]
fn microsofts_older_complaints_hold_the_letter_alone() {
    let Kind::Complaint(complaint) = incoming("complaint-microsoft").kind else { panic!("a complaint") };
    assert_eq!(complaint.rcpt_to.as_deref(), Some("grace@hotmail.example"));
    assert_eq!(complaint.original_message_id.as_deref(), Some(LETTER));
    assert_eq!(complaint.addresses.len(), 3);
}
