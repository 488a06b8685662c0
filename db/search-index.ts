/** Hides how the embedded database keeps its full-text index true: by triggers beside the words, so that what is erased leaves the index in the same transaction. */

/**
 * SQLite's FTS5 over everything that people wrote; names of people are not in it. `secure-delete` takes the words of an erased text out of the
 * index itself and not only out of its answers. The last statements take in what was written before there was an index.
 */
export const SQLITE_SEARCH = `
create table if not exists search_row (id integer primary key, hash text not null unique, owner_kind text not null, owner_id text not null);
create virtual table if not exists search_text using fts5(text, tokenize = 'unicode61 remove_diacritics 2');
insert into search_text (search_text, rank) values ('secure-delete', 1);
create trigger if not exists free_text_indexed after insert on free_text
  when new.text is not null and new.subject_id is null and new.text <> new.author_id begin
    insert into search_row (hash, owner_kind, owner_id) values (new.hash, new.owner_kind, new.owner_id);
    insert into search_text (rowid, text) values ((select id from search_row where hash = new.hash), new.text);
  end;
create trigger if not exists free_text_unindexed after update on free_text when new.text is null begin
  delete from search_text where rowid = (select id from search_row where hash = new.hash);
  delete from search_row where hash = new.hash;
end;
insert into search_row (hash, owner_kind, owner_id) select f.hash, f.owner_kind, f.owner_id from free_text f
  where f.text is not null and f.subject_id is null and f.text <> f.author_id and not exists (select 1 from search_row r where r.hash = f.hash);
insert into search_text (rowid, text) select r.id, f.text from search_row r join free_text f on f.hash = r.hash
  where r.id > coalesce((select max(rowid) from search_text), 0);
`
