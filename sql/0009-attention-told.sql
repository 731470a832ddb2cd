-- How much of it a hook was told: nothing, that it was raised, that it was cleared. What a mail server refused is told again.
alter table attention
  add commanded smallint not null default 0 check (commanded between 0 and 2),
  add mailed smallint not null default 0 check (mailed between 0 and 2);
create index attention_uncommanded on attention (attention_id) where commanded < 2;
create index attention_unmailed on attention (attention_id) where mailed < 2;
