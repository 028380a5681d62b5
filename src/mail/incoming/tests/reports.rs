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

/// A report as a server of our own writes it, around this status part and what stands after it.
fn reported(kind: &str, encoding: &str, status: &str, after: &str) -> Kind {
    let mail = format!(
        "Return-Path: <>\nFrom: mailer-daemon@mx.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=cut; report-type={kind}\n\n--cut\nContent-Type: text/plain\n\nNot delivered.\n{encoding}{status}\n{after}--cut--\n"
    );
    read(mail.as_bytes(), OURS).kind
}

fn verdicts(kind: &Kind) -> Vec<Verdict> {
    let Kind::Bounce(bounce) = kind else { panic!("{kind:?}") };
    bounce.recipients.iter().map(Recipient::verdict).collect()
}

const STATUS: &str = "Reporting-MTA: dns; mx.example\n\nfinal-recipient: RFC822;<Grace@Company.Example>\naction: FAILED (no such person)\nstatus: 5.1.1 (unknown)\n";

#[test]
fn a_status_reads_the_same_however_its_part_is_wrapped() {
    use base64::Engine;
    let in_base64 = base64::engine::general_purpose::STANDARD.encode(STATUS);
    let in_quoted = STATUS.replace('=', "=3D").replace("company", "=\ncompany").replace("Grace", "=47race");
    let part = |kind: &str| format!("--cut\nContent-Type: {kind}\n");
    let ways = [
        (part("message/delivery-status") + "\n", STATUS.to_owned()),
        (part("Message/Delivery-Status; charset=\"us-ascii\"") + "Content-Description: x\n\n", STATUS.to_owned()),
        (part("message/global-delivery-status") + "\n", STATUS.to_owned()),
        (part("message/delivery-status") + "Content-Transfer-Encoding: base64\n\n", in_base64),
        (part("message/delivery-status") + "Content-Transfer-Encoding: quoted-printable\n\n", in_quoted),
        (
            part("multipart/mixed; boundary=in") + "\n--in\nContent-Type: message/delivery-status\n\n",
            STATUS.to_owned() + "\n--in--\n",
        ),
    ];
    for (head, status) in ways {
        let kind = reported("delivery-status", &head, &status, "");
        assert_eq!(verdicts(&kind), [Verdict::Address], "{head}");
        let Kind::Bounce(bounce) = kind else { panic!("a bounce") };
        assert_eq!(only(&bounce).last.as_deref(), Some("grace@company.example"), "{head}");
    }
}

const PART: &str = "--cut\nContent-Type: message/delivery-status\n\n";

#[test]
fn a_diagnostic_on_several_lines_is_one_and_tells_the_code_that_the_status_hides() {
    let status = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; grace@company.example\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; mail.company.example\nDiagnostic-Code: smtp; 550-5.7.26 Mail from plans.company.example\n 550-5.7.26 is unsigned and its sender\n\t550 5.7.26 is unknown here\n";
    let Kind::Bounce(bounce) = reported("delivery-status", PART, status, "") else { panic!("a bounce") };
    assert_eq!(only(&bounce).precise(), Some(Status { class: 5, subject: 7, detail: 26 }));
    assert_eq!(bounce.verdict(), Verdict::Policy);
    assert!(only(&bounce).diagnostic.as_ref().is_some_and(|line| !line.contains(['\n', '\t'])));
}

#[test]
fn an_address_in_unicode_does_not_hide_what_became_of_it() {
    let status = "Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: utf-8; 林@company.example\nFinal-Recipient: utf-8; \\x{6797}@company.example\nAction: failed\nStatus: 5.1.10\n";
    let Kind::Bounce(bounce) = reported("delivery-status", PART, status, "") else { panic!("a bounce") };
    assert_eq!(only(&bounce).original.as_deref(), Some("林@company.example"));
    assert_eq!(bounce.verdict(), Verdict::Address);
}

#[test]
fn a_receipt_of_delivery_in_whatever_words_stops_nobodys_mail() {
    let of = |action: &str, status: &str| {
        let group = format!(
            "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; grace@company.example\n{action}Status: {status}\n"
        );
        verdicts(&reported("delivery-status", PART, &group, ""))
    };
    assert_eq!(of("Action: delivered\n", "2.1.5"), [Verdict::Delivered]);
    assert_eq!(of("Action: relayed (to a server that sends no receipts)\n", "2.0.0"), [Verdict::Delivered]);
    assert_eq!(of("Action: expanded\n", "2.0.0"), [Verdict::Delivered]);
    assert_eq!(of("", "2.0.0"), [Verdict::Delivered]);
    assert_eq!(of("", "4.4.7"), [Verdict::Later]);
}

#[test]
fn a_report_in_words_alone_is_no_answer_and_stops_nobodys_mail() {
    let letter =
        "--cut\nContent-Type: message/rfc822\n\nMessage-ID: <a@plans.company.example>\nSubject: Today\n\ndone\n";
    assert_eq!(reported("delivery-status", "", "", letter), Kind::Unreadable);
    // A group about the message alone names nobody.
    assert_eq!(reported("delivery-status", PART, "Reporting-MTA: dns; mx.example\n", letter), Kind::Unreadable);
    let words = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n<grace@company.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\ndone\n";
    assert_eq!(read(words.as_bytes(), OURS).kind, Kind::Automatic(Automatic::Generated));
}

#[test]
fn of_several_recipients_each_has_its_own_group_and_the_letter_its_number() {
    let status = "Reporting-MTA: dns; mx.example\nArrival-Date: Mon, 30 Nov 2026 09:00:00 +0800\n\nFinal-Recipient: rfc822; grace@company.example\nAction: failed\nStatus: 5.2.1\n\nOriginal-Recipient: rfc822;lin@company.example\nFinal-Recipient: rfc822;lin@elsewhere.example\nAction: delayed\nStatus: 4.3.2\nWill-Retry-Until: Fri, 4 Dec 2026 09:00:00 +0800\n\nFinal-Recipient: X-LOCAL; /c=tw/o=company/s=wu\nAction: failed\nStatus: 5.1.3\n";
    let head = format!(
        "--cut\nContent-Type: text/rfc822-headers\n\nReceived: by a\nMessage-ID:\n <{LETTER}>\nTo: x@y.example\n"
    );
    let kind = reported("delivery-status", PART, status, &head);
    let Kind::Bounce(bounce) = &kind else { panic!("{kind:?}") };
    let named: Vec<_> = bounce.recipients.iter().map(|one| (one.original.as_deref(), one.last.as_deref())).collect();
    assert_eq!(
        named,
        [
            (None, Some("grace@company.example")),
            (Some("lin@company.example"), Some("lin@elsewhere.example")),
            (None, None)
        ]
    );
    assert_eq!(bounce.original_message_id.as_deref(), Some(LETTER));
}

#[test]
fn a_complaint_may_name_the_person_and_hold_the_header_alone() {
    let report = "--cut\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: feedback/1\nVersion: 1\nOriginal-Mail-From: <>\nOriginal-Rcpt-To: <Grace@Provider.example>\nArrival-Date: Mon, 30 Nov 2026 01:00:00 +0000\nReported-Domain: plans.company.example\n";
    let head = format!(
        "--cut\nContent-Type: text/rfc822-headers\n\nSubject: Today\nList-Unsubscribe: <https://plans.company.example/unsubscribe/x>,\n <mailto:reply+u-{TOKEN}@plans.company.example>\nMessage-ID: <{LETTER}>\n"
    );
    let Kind::Complaint(complaint) = reported("feedback-report", report, "", &head) else { panic!("a complaint") };
    assert_eq!((complaint.feedback, complaint.mail_from), (Feedback::Abuse, None));
    assert_eq!(complaint.rcpt_to.as_deref(), Some("grace@provider.example"));
    assert_eq!(complaint.original_message_id.as_deref(), Some(LETTER));
    let stop = Address { purpose: Purpose::Unsubscribe, token: Some(TOKEN.to_owned()) };
    assert_eq!(complaint.addresses, [stop]);
}

#[test]
fn what_else_feedback_says_is_known_apart_from_a_complaint() {
    let of = |kind: &str| {
        let report = format!(
            "--cut\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nUser-Agent: x\nVersion: 1\n"
        );
        match reported("feedback-report", &report, "", "") {
            Kind::Complaint(complaint) => complaint.feedback,
            other => panic!("{other:?}"),
        }
    };
    let said = ["abuse", "Fraud", "VIRUS", "not-spam", "opt-out", "auth-failure"].map(of);
    let known =
        [Feedback::Abuse, Feedback::Fraud, Feedback::Virus, Feedback::NotSpam, Feedback::Other, Feedback::Other];
    assert_eq!(said, known);
}
