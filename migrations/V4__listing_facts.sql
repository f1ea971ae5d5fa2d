-- What the metrics tell of a source's listings, so that a restart and another node know it as well.

alter table source
  -- the kind of setback behind last_failure, as in a metric's label; null = listings do not fail
  add column failure_kind text,
  -- when the last listing that saw every instance began; what it did not see is no longer there
  add column instances_listed_at timestamptz;
