/** Hides the triggers that make the log append-only in each database; set again after each migration, because a rebuilt table loses its own. */

/** SQLite: UPDATE and DELETE of log entries abort; free text may only be erased; the head may only move on. */
export const SQLITE_GUARDS = `
create trigger if not exists log_entry_no_update before update on log_entry begin select raise(abort, 'the log is append-only'); end;
create trigger if not exists log_entry_no_delete before delete on log_entry begin select raise(abort, 'the log is append-only'); end;
create trigger if not exists log_head_no_delete before delete on log_head begin select raise(abort, 'the log is append-only'); end;
create trigger if not exists log_head_forward before update on log_head when new.seq < old.seq begin select raise(abort, 'the log is append-only'); end;
create trigger if not exists free_text_no_delete before delete on free_text begin select raise(abort, 'free text is erased, not deleted'); end;
create trigger if not exists free_text_only_erase before update on free_text
  when new.text is not null or new.salt is not null or new.hash <> old.hash begin select raise(abort, 'free text is erased, not edited'); end;
`

/**
 * Postgres: the same, also against TRUNCATE; and the role itself gives the rights up, so that a disabled trigger alone opens nothing.
 * An owner could take them back and a superuser needs none: the proof against both is the chain, not these.
 */
export const POSTGRES_GUARDS = `
revoke update, delete, truncate on log_entry from current_user, public;
create or replace function gatehouse_refuse() returns trigger language plpgsql as $$ begin raise exception '%', tg_argv[0]; end $$;
create or replace trigger log_entry_no_change before update or delete on log_entry for each row execute function gatehouse_refuse('the log is append-only');
create or replace trigger log_entry_no_truncate before truncate on log_entry for each statement execute function gatehouse_refuse('the log is append-only');
create or replace trigger log_head_no_delete before delete on log_head for each row execute function gatehouse_refuse('the log is append-only');
create or replace trigger log_head_forward before update on log_head for each row when (new.seq < old.seq) execute function gatehouse_refuse('the log is append-only');
create or replace trigger free_text_no_delete before delete on free_text for each row execute function gatehouse_refuse('free text is erased, not deleted');
create or replace trigger free_text_only_erase before update on free_text for each row
  when (new.text is not null or new.salt is not null or new.hash <> old.hash) execute function gatehouse_refuse('free text is erased, not edited');
`

/** The first head of an empty chain; does nothing when there is one. */
export function firstHead(hash: string): string {
  return `insert into log_head (id, seq, hash) values (1, 0, '${hash}') on conflict do nothing`
}
