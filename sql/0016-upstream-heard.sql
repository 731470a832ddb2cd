-- That upstream lists something is looked up by when it was heard; and each page is read once more, for what is kept of it now.
create index upstream_pages_listed on upstream_pages (heard_at) where digest is not null and missed_at is null;

update upstream_pages set etag = null, last_modified = null;
