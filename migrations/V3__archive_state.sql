-- Whether each running node can keep sets in each of its archives. Written by that node, read by status and people.
create table archive_state (
  node       text not null references node (name) on delete cascade,
  archive    text not null,
  state      text not null check (state in ('open', 'full', 'away', 'unwritable')),
  since      timestamptz not null,
  -- why it is paused, for people
  detail     text not null default '',
  -- when it was last seen; null = it has not been seen yet
  free_bytes bigint check (free_bytes >= 0),
  primary key (node, archive)
);
