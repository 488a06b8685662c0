/** That a Postgres role which owns the log cannot change it by an ordinary statement, not even with its triggers off. */
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { POSTGRES_GUARDS } from '@/db/guards'

const client = new PGlite()
beforeAll(async () => {
  await client.exec(`
    create role app; grant all on schema public to app; set role app;
    create table log_entry (seq bigint primary key, body text); create table log_head (id int primary key, seq bigint, hash text);
    create table free_text (hash text primary key, salt text, text text);
    ${POSTGRES_GUARDS} ${POSTGRES_GUARDS}
    insert into log_entry values (1, 'first'); insert into log_head values (1, 1, 'h');`)
}, 60_000)
afterAll(() => client.close())

it.each(["update log_entry set body = 'x'", 'delete from log_entry', 'truncate log_entry'])('refuses to %s', async (statement) => {
  await expect(client.exec(statement)).rejects.toThrow(/permission denied/)
  await client.exec('alter table log_entry disable trigger user')
  await expect(client.exec(statement)).rejects.toThrow(/permission denied/)
  await client.exec('alter table log_entry enable trigger user')
  await client.exec('update log_head set seq = 2 where id = 1')
  expect((await client.query('select body from log_entry')).rows).toEqual([{ body: 'first' }])
})
