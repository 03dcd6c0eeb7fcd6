-- Whose the journal is, and what was left of it. One row.
create table if not exists journal (
    number integer not null primary key check (number = 1),
    -- the process that has it
    run_id uuid not null,
    epoch varchar not null,
    -- what the last process left when it ended in order; null while one is running, and after one that was killed
    image bytea
);

-- Consecutive messages of the present epoch. Without an identity: the numbers are the messages' own.
create table if not exists journal_block (
    last_pos bigint not null primary key,
    first_pos bigint not null,
    data bytea not null
);

-- What is also told to those who come later, until it expires.
create table if not exists kept_draft (
    id varchar not null primary key,
    kept_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone not null,
    data bytea not null
);
