//! The tables as diesel sees them; `tests/stories` compares it with a migrated database.

diesel::table! {
    people (id) {
        id -> Uuid,
        name -> Text,
        email -> Text,
        lang -> Text,
        zone -> Text,
        calendar -> Text,
        brief_hour -> SmallInt,
        is_hr -> Bool,
        next_brief_at -> Timestamptz,
        next_digest_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        hour_is_own -> Bool,
    }
}

diesel::table! {
    members (id) {
        id -> Uuid,
        manager_id -> Uuid,
        name -> Text,
        position -> Text,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        former_joined_on -> Nullable<Date>,
        former_left_on -> Nullable<Date>,
    }
}

diesel::table! {
    releases (hash) {
        hash -> Text,
        program -> Text,
        compiled -> Text,
        compiled_version -> Integer,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    release_files (release_hash, path) {
        release_hash -> Text,
        path -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    programs (name) {
        name -> Text,
        release_hash -> Text,
    }
}

diesel::table! {
    calendars (name) {
        name -> Text,
        compiled -> Text,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    curriculum_drafts (id) {
        id -> Uuid,
        name -> Text,
        uploaded_by -> Uuid,
        uploaded_at -> Timestamptz,
        ignored -> Array<Text>,
    }
}

diesel::table! {
    curriculum_draft_files (draft_id, path) {
        draft_id -> Uuid,
        path -> Text,
        body -> Binary,
    }
}

diesel::table! {
    plans (id) {
        id -> Uuid,
        manager_id -> Uuid,
        superior_id -> Uuid,
        hr_id -> Uuid,
        mentor_id -> Nullable<Uuid>,
        mentoring -> Jsonb,
        mentor_state -> Text,
        release_hash -> Text,
        calendar -> Text,
        effective_on -> Date,
        started_at -> Timestamptz,
        version -> BigInt,
        head -> Binary,
        next_wake_at -> Nullable<Timestamptz>,
        launches -> Jsonb,
        arranged -> Jsonb,
        deputy_id -> Nullable<Uuid>,
        next_mentor_id -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    facts (plan_id, seq) {
        plan_id -> Uuid,
        seq -> BigInt,
        at -> Timestamptz,
        payload -> Text,
        link -> Binary,
    }
}

diesel::table! {
    plan_members (plan_id, member_id) {
        plan_id -> Uuid,
        member_id -> Uuid,
        joined_on -> Date,
        left_on -> Nullable<Date>,
    }
}

diesel::table! {
    steps (plan_id, key) {
        plan_id -> Uuid,
        key -> Text,
        opens_on -> Date,
        due_on -> Date,
        opens_why -> Jsonb,
        due_why -> Jsonb,
        state -> Jsonb,
        status -> Text,
        touched -> BigInt,
    }
}

diesel::table! {
    writings (id) {
        id -> Uuid,
        plan_id -> Uuid,
        step_key -> Nullable<Text>,
        author_id -> Uuid,
        kind -> Text,
        visible_to -> Array<Text>,
        body -> Nullable<Binary>,
        salt -> Nullable<Binary>,
        key_id -> Nullable<Text>,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    drafts (plan_id, step_key, person_id) {
        plan_id -> Uuid,
        step_key -> Text,
        person_id -> Uuid,
        body -> Text,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    files (id) {
        id -> Uuid,
        plan_id -> Uuid,
        step_key -> Text,
        field -> Text,
        writing_id -> Nullable<Uuid>,
        name -> Text,
        media_type -> Text,
        size -> Integer,
        body -> Nullable<Binary>,
        sha256 -> Nullable<Binary>,
        uploaded_by -> Uuid,
        uploaded_at -> Timestamptz,
    }
}

diesel::table! {
    outbox (id) {
        id -> Uuid,
        dedup_key -> Text,
        kind -> Text,
        lane -> SmallInt,
        person_id -> Uuid,
        plan_id -> Nullable<Uuid>,
        for_day -> Nullable<Date>,
        owed_at -> Timestamptz,
        due_at -> Timestamptz,
        state -> Text,
        attempts -> Integer,
        retry_at -> Timestamptz,
        lease_owner -> Nullable<Uuid>,
        lease_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        settled_at -> Nullable<Timestamptz>,
        step_key -> Nullable<Text>,
        why -> Nullable<Text>,
        meeting_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    links (token_hash) {
        token_hash -> Binary,
        person_id -> Uuid,
        purpose -> Text,
        plan_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        used_at -> Nullable<Timestamptz>,
        step_key -> Nullable<Text>,
        act -> Nullable<Text>,
        seen -> Nullable<BigInt>,
        letter_id -> Nullable<Uuid>,
        topic -> Nullable<Text>,
        plan_day -> Nullable<SmallInt>,
        meeting_id -> Nullable<Uuid>,
        slot -> Nullable<Timestamptz>,
        items -> Nullable<Jsonb>,
    }
}

diesel::table! {
    bounced (email) {
        email -> Text,
        at -> Timestamptz,
        status -> Text,
        said -> Text,
    }
}

diesel::table! {
    stopped (person_id, topic) {
        person_id -> Uuid,
        topic -> Text,
        at -> Timestamptz,
        by -> Text,
    }
}

diesel::table! {
    snoozes (plan_id, step_key, person_id) {
        plan_id -> Uuid,
        step_key -> Text,
        person_id -> Uuid,
        until -> Date,
        times -> SmallInt,
    }
}

diesel::table! {
    escalations (plan_id, step_key, due, rung) {
        plan_id -> Uuid,
        step_key -> Text,
        due -> Date,
        rung -> Text,
        letter_id -> Uuid,
    }
}

diesel::table! {
    report_answers (plan_id, about) {
        plan_id -> Uuid,
        plan_day -> Nullable<SmallInt>,
        person_id -> Uuid,
        answer -> Text,
        at -> Timestamptz,
        step_key -> Nullable<Text>,
        about -> Text,
    }
}

diesel::table! {
    meetings (id) {
        id -> Uuid,
        plan_id -> Uuid,
        step_key -> Text,
        title -> Jsonb,
        other_id -> Uuid,
        state -> Text,
        offered_by -> Uuid,
        slots -> Array<Timestamptz>,
        slot_minutes -> SmallInt,
        slot_place -> Text,
        round -> Integer,
        starts_at -> Nullable<Timestamptz>,
        minutes -> Nullable<SmallInt>,
        place -> Nullable<Text>,
        sequence -> Nullable<Integer>,
        manager_from -> Nullable<Integer>,
        other_from -> Nullable<Integer>,
        manager_told -> Nullable<Timestamptz>,
        other_told -> Nullable<Timestamptz>,
        manager_says -> Nullable<Text>,
        other_says -> Nullable<Text>,
        changed_at -> Timestamptz,
        before_starts_at -> Nullable<Timestamptz>,
        before_minutes -> Nullable<SmallInt>,
        before_place -> Nullable<Text>,
    }
}

diesel::table! {
    incoming (id) {
        id -> Uuid,
        at -> Timestamptz,
        digest -> Binary,
        kind -> Text,
        person_id -> Nullable<Uuid>,
        letter_id -> Nullable<Uuid>,
        outcome -> Text,
        why -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        person_id -> Uuid,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    travel (singleton) {
        singleton -> Bool,
        ahead -> BigInt,
    }
}

diesel::table! {
    calendar_overrides (id) {
        id -> Uuid,
        calendar -> Nullable<Text>,
        kind -> Text,
        from_on -> Date,
        until_on -> Date,
        name_en -> Text,
        name_zh_tw -> Text,
        added_by -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    rollouts (id) {
        id -> Uuid,
        program -> Text,
        release_hash -> Text,
        policy -> Jsonb,
        started_by -> Uuid,
        started_at -> Timestamptz,
        undone_by -> Nullable<Uuid>,
        undone_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    rollout_plans (rollout_id, plan_id) {
        rollout_id -> Uuid,
        plan_id -> Uuid,
        state -> Text,
        deed -> Nullable<BigInt>,
        why -> Nullable<Text>,
        settled_at -> Nullable<Timestamptz>,
        stays -> Integer,
    }
}

diesel::table! {
    pulses (id) {
        id -> Uuid,
        plan_id -> Uuid,
        step_key -> Text,
        opened_by -> Uuid,
        opened_at -> Timestamptz,
        closes_at -> Timestamptz,
        codes -> SmallInt,
        ballots -> Jsonb,
    }
}

diesel::table! {
    pulse_codes (hash) {
        hash -> Binary,
        pulse_id -> Uuid,
        is_spent -> Bool,
    }
}

diesel::table! {
    figure_tables (plan_id, step_key, person_id) {
        plan_id -> Uuid,
        step_key -> Text,
        person_id -> Uuid,
        name -> Text,
        body -> Binary,
        uploaded_at -> Timestamptz,
    }
}

diesel::table! {
    figure_readings (plan_id, step_id, person_id) {
        plan_id -> Uuid,
        step_id -> Text,
        person_id -> Uuid,
        reading -> Jsonb,
        saved_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    people,
    members,
    plans,
    plan_members,
    steps,
    writings,
    outbox,
    facts,
    links,
    sessions,
    programs,
    releases,
    release_files,
    calendars,
    drafts,
    files,
    curriculum_drafts,
    curriculum_draft_files,
    calendar_overrides,
    rollouts,
    rollout_plans,
    meetings,
    pulses,
    pulse_codes
);
