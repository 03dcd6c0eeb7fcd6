-- ${bytewise} has PostgreSQL compare ids byte by byte, as H2 does anyway: rows are read in the order of their ids where
-- their times are equal, and that must not depend on a locale.

create table if not exists camera (
    id varchar ${bytewise} not null primary key,
    name varchar,
    status varchar not null,
    last_seen_at timestamp(6) with time zone,
    registered_at timestamp(6) with time zone not null,
    version bigint not null
);

-- Without a foreign key to camera, here and below: H2 would make an index of its own for it.
create table if not exists security_event (
    id varchar ${bytewise} not null primary key,
    camera_id varchar ${bytewise} not null,
    risk_score integer not null,
    risk_level varchar not null,
    summary varchar not null,
    reasoning varchar,
    started_at timestamp(6) with time zone not null,
    ended_at timestamp(6) with time zone
);

-- One index for each order in which rows are read. By what stands behind the id, a row that is not wanted is passed over
-- without being looked up.
create index if not exists security_event_time on security_event (started_at, id, risk_score);
create index if not exists security_event_camera on security_event (camera_id, started_at, id, risk_score);
create index if not exists security_event_level on security_event (risk_level, started_at, id, risk_score);

create table if not exists detection (
    id varchar ${bytewise} not null primary key,
    camera_id varchar ${bytewise} not null,
    object_type varchar not null,
    -- made of the type, which may be too long for an index
    type_id uuid not null,
    confidence double precision not null,
    detected_at timestamp(6) with time zone not null,
    bbox_x integer not null,
    bbox_y integer not null,
    bbox_width integer not null,
    bbox_height integer not null
);

create index if not exists detection_time on detection (detected_at, id, confidence);
create index if not exists detection_camera on detection (camera_id, detected_at, id, type_id, confidence);
create index if not exists detection_type on detection (type_id, detected_at, id, confidence);

create table if not exists alert (
    id varchar ${bytewise} not null primary key,
    source varchar,
    kind varchar,
    -- whether it tells of something that was over when it was raised
    is_once boolean not null,
    severity varchar,
    title varchar,
    detail varchar,
    raised_at timestamp(6) with time zone not null,
    resolved_at timestamp(6) with time zone,
    acknowledged_at timestamp(6) with time zone,
    acknowledged_by varchar,
    version bigint not null
);

create index if not exists alert_raised on alert (raised_at, id);
-- of those that are open too, whose time is null
create index if not exists alert_resolved on alert (resolved_at, id);
