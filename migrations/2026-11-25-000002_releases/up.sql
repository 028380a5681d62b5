-- Published programs: sources as bytes and the compiled form that pinned plans read; calendars.

CREATE TABLE releases (
    -- SHA-256 over the sorted source files, in hex.
    hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
    program text NOT NULL CHECK (program ~ '^[a-z][a-z0-9_]*$'),
    compiled text NOT NULL,
    compiled_version integer NOT NULL CHECK (compiled_version > 0),
    published_at timestamptz NOT NULL,
    UNIQUE (program, hash)
);
COMMENT ON TABLE releases IS 'Immutable programs; compiled is JSON of engine::Release at compiled_version';

CREATE TABLE release_files (
    release_hash text NOT NULL REFERENCES releases (hash),
    path text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (release_hash, path)
);
COMMENT ON TABLE release_files IS 'The sources of a release, byte for byte';

CREATE TABLE programs (
    name text PRIMARY KEY,
    release_hash text NOT NULL,
    FOREIGN KEY (name, release_hash) REFERENCES releases (program, hash)
);
COMMENT ON TABLE programs IS 'Which release of a program new plans start on';

CREATE TABLE calendars (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]*$'),
    compiled text NOT NULL,
    published_at timestamptz NOT NULL
);
COMMENT ON TABLE calendars IS 'Working days; compiled is JSON of engine::calendar::Calendar. An edit changes no date that a fact holds';
