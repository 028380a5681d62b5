use super::*;

#[tokio::test]
async fn a_panic_is_an_outcome_with_its_words() {
    assert_eq!(unless_it_panics(async { 1 }).await, Ok(1));
    assert_eq!(
        unless_it_panics::<()>(async { panic!("a line break in a name") }).await,
        Err("a line break in a name".into())
    );
    let n = 3;
    assert_eq!(unless_it_panics::<()>(async { panic!("attempt {n}") }).await, Err("attempt 3".into()));
}

#[tokio::test]
async fn a_rest_ends_with_the_word_to_stop_or_with_who_could_give_it() {
    let (word, mut stop) = watch::channel(false);
    word.send(true).expect("a listener");
    rested(&mut stop, Duration::from_secs(3600)).await;
    let (word, mut stop) = watch::channel(false);
    drop(word);
    rested(&mut stop, Duration::from_secs(3600)).await;
}
