-- What Backhaul knows: sources, their instances and backups, the files of each backup, and the whole history of
-- every link and every attempt. State words are held equal to the enums in io.backhaul.backup by a test.

create table source (
  name             text primary key,
  provider         text not null,
  -- due when past; null = only its cron brings the next listing
  next_listing_at  timestamptz,
  listing_failures integer not null default 0,
  last_failure     text,
  -- the last listing that saw everything
  last_listed_at   timestamptz,
  clock_offset     interval not null default interval '0'
);

create table instance (
  id          bigint generated always as identity primary key,
  source      text not null references source (name),
  provider_id text not null,
  name        text not null,
  given       jsonb not null default '{}',
  seen_at     timestamptz not null,
  unique (source, provider_id)
);

create table backup (
  id               bigint generated always as identity primary key,
  instance_id      bigint not null references instance (id),
  provider_id      text not null,
  state            text not null check (state in
                     ('waiting', 'preparing', 'linked', 'transferring', 'archived', 'skipped', 'gone', 'failed', 'pruned')),
  state_since      timestamptz not null,
  -- why it is in this state, for people
  reason           text not null default '',
  readiness        text not null check (readiness in ('ready', 'not_yet', 'never', 'deleted')),
  provider_status  text not null,
  created_at       timestamptz not null,
  size_bytes       bigint check (size_bytes >= 0),
  -- after this it cannot be had any more; null = not known
  deadline         timestamptz,
  given            jsonb not null default '{}',
  seen_at          timestamptz not null,
  -- complete listings in a row that did not show it
  missed_listings  integer not null default 0,
  next_attempt_at  timestamptz not null,
  -- tries in a row that brought it no step further
  failures         integer not null default 0,
  archived_at      timestamptz,
  gone_at          timestamptz,
  -- the lease: who works on it, until when (database time), and a fence for whoever worked on it before
  lease_owner      text,
  lease_until      timestamptz,
  lease_epoch      bigint not null default 0,
  unique (instance_id, provider_id),
  check ((lease_owner is null) = (lease_until is null))
);

create index backup_due_for_links on backup (next_attempt_at) where state in ('waiting', 'preparing');
create index backup_due_for_transfer on backup (next_attempt_at) where state in ('linked', 'transferring');
create index backup_deadline on backup (deadline)
  where state in ('waiting', 'preparing', 'linked', 'transferring');
create index backup_newest_archived on backup (instance_id, created_at desc) where state = 'archived';
create index backup_newest_ready on backup (instance_id, created_at desc) where readiness = 'ready';
create index backup_gone on backup (instance_id) where gone_at is not null;
create index backup_by_state on backup (instance_id, state);

create table backup_file (
  id          bigint generated always as identity primary key,
  backup_id   bigint not null references backup (id),
  position    integer not null check (position >= 0),
  given_name  text not null,
  -- the n-th file of this name in its set: providers promise no unique names
  occurrence  integer not null check (occurrence >= 0),
  stored_name text not null,
  size_bytes  bigint check (size_bytes >= 0),
  sha256      text,
  etag        text,
  verified_at timestamptz,
  unique (backup_id, given_name, occurrence),
  unique (backup_id, stored_name)
);

create table preparation (
  id           bigint generated always as identity primary key,
  backup_id    bigint not null references backup (id),
  task         text not null,
  requested_at timestamptz not null,
  checked_at   timestamptz not null,
  ended_at     timestamptz,
  unique (backup_id, task)
);

create sequence link_grant;

create table link (
  id            bigint generated always as identity primary key,
  file_id       bigint not null references backup_file (id),
  -- links of one answer share it
  grant_id      bigint not null,
  state         text not null check (state in ('live', 'spent', 'renewed', 'lapsed', 'expired', 'rejected')),
  issued_at     timestamptz not null,
  -- in the provider's time, as given
  expires_at    timestamptz not null,
  expiry_origin text not null check (expiry_origin in ('url', 'api', 'policy')),
  -- in our time, less the margin
  usable_until  timestamptz not null,
  -- scheme, host and path: what stays for good
  location      text not null,
  -- the secret itself, only while the link lives
  url           text,
  ended_at      timestamptz,
  end_reason    text not null default '',
  check ((state = 'live') = (url is not null)),
  check ((state = 'live') = (ended_at is null))
);

create unique index link_one_live_per_file on link (file_id) where state = 'live';
create index link_history on link (file_id, id);

create table attempt (
  id          bigint generated always as identity primary key,
  file_id     bigint not null references backup_file (id),
  link_id     bigint not null references link (id),
  node        text not null,
  lease_epoch bigint not null,
  from_byte   bigint not null default 0 check (from_byte >= 0),
  bytes       bigint not null default 0 check (bytes >= 0),
  started_at  timestamptz not null,
  ended_at    timestamptz,
  outcome     text check (outcome in
                ('complete', 'link_dead', 'object_missing', 'cut', 'stalled', 'throttled', 'server_fault',
                 'new_generation', 'not_the_file', 'damaged', 'target_refused', 'no_room', 'disk_fault', 'stopped',
                 'abandoned')),
  http_status integer,
  detail      text not null default '',
  retry_at    timestamptz,
  check ((outcome is null) = (ended_at is null))
);

create index attempt_history on attempt (file_id, id);
create index attempt_running on attempt (file_id) where ended_at is null;

create table archive_copy (
  backup_id   bigint not null references backup (id),
  archive     text not null,
  location    text not null,
  size_bytes  bigint not null check (size_bytes >= 0),
  archived_at timestamptz not null,
  verified_at timestamptz not null,
  primary key (backup_id, archive)
);

create table node (
  name         text primary key,
  version      text not null,
  slots        integer not null check (slots > 0),
  started_at   timestamptz not null,
  -- database time
  heartbeat_at timestamptz not null
);
