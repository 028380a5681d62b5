//! Archives as people make them, and as nobody should.

use proptest::prelude::*;

use super::*;

fn upload(field: &str, name: &str, body: &[u8]) -> Upload {
    Upload { field: field.to_owned(), name: name.to_owned(), body: Some(body.into()) }
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(body).expect("its bytes");
    }
    writer.finish().expect("a zip").into_inner()
}

fn opened(entries: &[(&str, &[u8])]) -> Result<Unpacked, &'static str> {
    unpack(&[upload("files", "my program.zip", &zip(entries))]).map_err(|why| why.id)
}

fn paths(unpacked: &Unpacked) -> Vec<&str> {
    unpacked.files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn a_zip_of_a_folder_is_read_from_the_folder_on_and_says_what_it_passed_over() {
    let found = opened(&[
        ("curricula/kick_off.yaml", b"curriculum: kick_off"),
        ("curricula/calendars/taiwan.yml", b"calendar: taiwan"),
        ("curricula/README.md", b"read me"),
        ("curricula/.git/config", b"x"),
        ("__MACOSX/curricula/._kick_off.yaml", b"x"),
    ])
    .expect("files");
    assert_eq!(paths(&found), ["calendars/taiwan.yml", "kick_off.yaml"]);
    assert_eq!(found.ignored, [".git/config", "README.md", "__MACOSX/curricula/._kick_off.yaml"]);
    assert_eq!(found.name, "my program.zip");
}

#[test]
fn what_lies_beside_the_only_folder_keeps_the_folder_in_the_names() {
    let found = opened(&[("README.md", b""), ("curricula/a.yaml", b"")]).expect("files");
    assert_eq!(paths(&found), ["curricula/a.yaml"]);
    let loose = opened(&[("b.yaml", b""), ("a.yaml", b"")]).expect("files");
    assert_eq!(paths(&loose), ["a.yaml", "b.yaml"]);
}

#[test]
fn a_folder_and_single_files_are_taken_without_an_archive() {
    let folder = [upload("folder", "mine/a.yaml", b"a"), upload("folder", "mine/sub/b.yaml", b"b")];
    let found = unpack(&folder).expect("files");
    assert_eq!((paths(&found), found.name.as_str()), (vec!["a.yaml", "sub/b.yaml"], "mine"));
    let files = [upload("files", "a.yaml", b"a"), upload("files", "b.yaml", b"b"), upload("files", "c.docx", b"c")];
    let found = unpack(&files).expect("files");
    assert_eq!((found.name.as_str(), found.ignored.len()), ("a.yaml …", 1));
    let both = [upload("files", "a.yaml", b"a"), upload("folder", "mine/b.yaml", b"b")];
    assert_eq!(unpack(&both).map_err(|why| why.id), Err("upload-one-way"));
}

#[test]
fn a_name_that_leads_out_of_the_archive_refuses_it_all() {
    for name in ["../a.yaml", "x/../../a.yaml", "/etc/a.yaml", "C:/a.yaml", "..\\a.yaml", "a\u{202e}.yaml", "../a.txt"]
    {
        assert_eq!(opened(&[("ok.yaml", b""), (name, b"")]).map(drop), Err("upload-bad-path"), "{name}");
    }
    assert_eq!(opened(&[(&format!("{}.yaml", "a".repeat(300)), b"")]).map(drop), Err("upload-long-path"));
}

#[test]
fn a_link_an_archive_inside_and_a_name_given_twice_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("a.yaml", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
    let link = writer.finish().expect("a zip").into_inner();
    assert_eq!(unpack(&[upload("files", "a.zip", &link)]).map_err(|why| why.id), Err("upload-link"));
    assert_eq!(opened(&[("a.yaml", b""), ("inner.ZIP", b"")]).map(drop), Err("upload-archive-inside"));
    assert_eq!(opened(&[("x/a.yaml", b""), ("x//a.yaml", b"")]).map(drop), Err("upload-twice"));
}

#[test]
fn a_path_that_an_archive_lists_twice_is_named() {
    let mut twice = zip(&[("x/a.yaml", b"one"), ("x/b.yaml", b"two"), ("x/c.yaml", b"three")]);
    for at in 0..twice.len() {
        if twice[at..].starts_with(b"x/c.yaml") {
            twice[at + 2] = b'a';
        }
    }
    let refused = unpack(&[upload("files", "a.zip", &twice)]);
    assert_eq!(refused, Err(Message::new("upload-twice").with("path", "x/a.yaml")));
}

#[test]
fn a_bomb_is_refused_by_what_it_says_and_by_what_it_holds() {
    let declared = vec![0; MOST_BYTES + 1];
    assert_eq!(opened(&[("a.yaml", &declared)]).map(drop), Err("upload-too-much"));
    let mib = vec![0; MIB];
    let names: Vec<String> = (0..21).map(|n| format!("{n}.yaml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), mib.as_slice())).collect();
    let (most, more) = (opened(&many[..20]), opened(&many));
    assert_eq!((most.map(|found| found.files.len()), more.map(drop)), (Ok(20), Err("upload-too-much")));
}

#[test]
fn a_size_that_lies_changes_nothing_but_what_is_read() {
    let honest = zip(&[("a.yaml", &vec![b'a'; 2 * MIB])]);
    let size = u32::try_from(2 * MIB).expect("a size").to_le_bytes();
    let mut lying = honest.clone();
    while let Some(at) = lying.windows(4).position(|four| four == size) {
        lying[at..at + 4].copy_from_slice(&7u32.to_le_bytes());
    }
    let found = unpack(&[upload("files", "a.zip", &lying)]);
    assert!(found.is_err() || found.is_ok_and(|found| found.files[0].bytes.len() <= MAX_BYTES + 1));
}

#[test]
fn so_many_files_are_taken_and_no_more() {
    let names: Vec<String> = (0..=MOST_FILES).map(|n| format!("{n}.yaml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert!(opened(&many[..MOST_FILES]).is_ok());
    assert_eq!(opened(&many).map(drop), Err("upload-too-many"));
}

#[test]
fn what_is_no_zip_and_holds_no_curriculum_is_said_so() {
    let why = |name: &str, body: &[u8]| unpack(&[upload("files", name, body)]).map(drop).map_err(|why| why.id);
    assert_eq!(why("a.zip", b"not a zip"), Err("upload-no-zip"));
    assert_eq!(why("a.docx", b""), Err("upload-no-yaml"));
    assert_eq!(unpack(&[]).map(drop).map_err(|why| why.id), Err("upload-nothing"));
    let cut = Upload { body: None, ..upload("files", "a.zip", b"") };
    assert_eq!(unpack(&[cut]).map(drop).map_err(|why| why.id), Err("upload-zip-too-large"));
}

#[test]
fn a_file_that_is_too_large_is_left_to_the_compiler() {
    let found = opened(&[("a.yaml", &vec![b'a'; MAX_BYTES + 5])]).expect("files");
    assert_eq!(found.files[0].bytes.len(), MAX_BYTES + 1);
}

fn folder() -> impl Strategy<Value = Vec<SourceFile>> {
    let file = ("[a-z]{1,8}(/[a-z中]{1,8}){0,2}", prop::collection::vec(any::<u8>(), 0..2000));
    prop::collection::btree_map(file.0, file.1, 1..8).prop_map(|files| {
        files.into_iter().map(|(path, bytes)| SourceFile { path: format!("{path}.yaml"), bytes }).collect()
    })
}

proptest! {
    #[test]
    fn what_was_packed_unpacks_to_the_same_files(mut files in folder()) {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let packed = pack("sales_manager-0123456789ab", &files).expect("a zip");
        let found = unpack(&[upload("files", "a.zip", &packed)]).expect("files");
        prop_assert_eq!(found.files, files);
        prop_assert!(found.ignored.is_empty());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let _ = unpack(&[upload("files", "a.zip", &bytes)]);
    }

    #[test]
    fn a_zip_with_bytes_changed_is_opened_within_bounds_or_refused(
        files in folder(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut packed = pack("x", &files).expect("a zip");
        for (at, byte) in changes {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        packed.truncate(packed.len() - cut.index(3));
        if let Ok(found) = unpack(&[upload("files", "a.zip", &packed)]) {
            let whole: usize = found.files.iter().map(|file| file.bytes.len()).sum();
            prop_assert!(whole <= MOST_BYTES && found.files.len() <= MOST_FILES);
            prop_assert!(found.files.iter().all(|file| !file.path.split('/').any(|part| part == "..")));
        }
    }
}
